// The only SQL about how many entries of the list each filter lets through: nobody counts a long list
// while a visitor waits. Only names that are public are counted, so no number tells of anybody hidden
// (product.md P-11).
import { sql } from 'kysely'
import { compileOnce } from '../db/compile-once.ts'
import type { Db } from '../db/schema.ts'
import type { SignatoryTables } from './tables.ts'

type Row = SignatoryTables['listed_counts']
export type ListedKey = Omit<Row, 'n'>
export type ListedCell = Omit<Row, 'statement_id'>

export const filterNames = ['type', 'country', 'verification', 'language'] as const
const key = ['statement_id', ...filterNames] as const

/** Always in the same order, so that two who change the same cells never wait for each other. */
export async function addListed(db: Db, changes: { cell: ListedKey; by: number }[]): Promise<void> {
  const cells = new Map<string, Row>()
  for (const { cell, by } of changes) {
    const place = key.map((name) => cell[name]).join(' ')
    const known = cells.get(place)
    const { statement_id, type, country, verification, language } = cell
    const n = (known?.n ?? 0) + by
    cells.set(place, { statement_id, type, country, verification, language, n })
  }
  const rows = [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  const changed = rows.filter(({ n }) => n !== 0)
  if (changed.length > 0) await addRows(db, changed)
}

const addRows = compileOnce((db, rows: Row[]) =>
  db
    .insertInto('listed_counts')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns([...key]).doUpdateSet({ n: sql<number>`listed_counts.n + excluded.n` }),
    ),
)

/** Counts anew, for when many have left at once. */
export async function recountListed(db: Db, statementId: string): Promise<void> {
  await db.deleteFrom('listed_counts').where('statement_id', '=', statementId).execute()
  await db
    .insertInto('listed_counts')
    .columns([...key, 'n'])
    .expression((eb) =>
      eb
        .selectFrom('signatories')
        .select(key)
        .select((counted) => counted.fn.countAll<number>().as('n'))
        .where('statement_id', '=', statementId)
        .groupBy(key),
    )
    .execute()
}

export async function readAllListed(db: Db): Promise<Row[]> {
  return db.selectFrom('listed_counts').selectAll().execute()
}

/** All entries of all lists with what decides where they are counted, in pieces that take no time. */
export async function* walkListed(db: Db, size = 500) {
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('signatories')
      .select(['endorsement_id', ...key])
      .where('endorsement_id', '>', after)
      .orderBy('endorsement_id')
      .limit(size)
      .execute()
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = last.endorsement_id
  }
}

export async function readListed(db: Db, statementId: string): Promise<ListedCell[]> {
  return db
    .selectFrom('listed_counts')
    .select([...filterNames, 'n'])
    .where('statement_id', '=', statementId)
    .where('n', '>', 0)
    .execute()
}
