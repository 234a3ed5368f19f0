// The only SQL about how many entries of the list each filter lets through, and how many came on which
// day: nobody counts a long list while a visitor waits. Only names that are public are counted, so no
// number tells of anybody hidden (product.md P-11).
import { sql } from 'kysely'
import { compileOnce } from '../db/compile-once.ts'
import type { Db } from '../db/schema.ts'
import type { EndorserType } from '../endorsements/endorsement.ts'
import type { SignatoryTables } from './tables.ts'

type Tables = Pick<SignatoryTables, 'listed_counts' | 'listed_days'>
export type ListedKey = Omit<Tables['listed_counts'] & Tables['listed_days'], 'n'>
export type ListedCell = Omit<Tables['listed_counts'], 'statement_id'>

export const filterNames = ['type', 'country', 'verification', 'language'] as const

/** What makes a cell of each. Days are told apart by country, too: no cell is hotter than in tallies. */
const keys = {
  listed_counts: ['statement_id', ...filterNames],
  listed_days: ['statement_id', 'confirmed_on', 'type', 'country'],
} as const satisfies { [T in keyof Tables]: readonly (keyof Tables[T])[] }
export type Kept = keyof typeof keys
export const kept = Object.keys(keys) as Kept[]

/** One statement may only have so many values. */
const mostAtOnce = 500

/** What its table tells cells apart by. */
export type Cell = Pick<ListedKey, 'statement_id'> & Partial<ListedKey>

interface Change {
  cell: Cell
  by: number
}

export function cellIn(table: Kept, entry: Cell): Cell {
  return Object.fromEntries(keys[table].map((name) => [name, entry[name]])) as unknown as Cell
}

export async function addListed(db: Db, changes: (Change & { cell: ListedKey })[]): Promise<void> {
  for (const table of kept) await addToCells(db, table, changes)
}

/** Always in the same order, so that two who change the same cells never wait for each other. */
export async function addToCells(db: Db, table: Kept, changes: Change[]): Promise<void> {
  const cells = Map.groupBy(changes, ({ cell }) =>
    JSON.stringify(Object.values(cellIn(table, cell))),
  )
  const rows = [...cells]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([cell, same]) => [...(JSON.parse(cell) as string[]), sumOf(same)])
    .filter((row) => row.at(-1) !== 0)
  for (let from = 0; from < rows.length; from += mostAtOnce) {
    await addRows[table](db, rows.slice(from, from + mostAtOnce))
  }
}

const addRows = { listed_counts: rowsAdder('listed_counts'), listed_days: rowsAdder('listed_days') }

function rowsAdder(table: Kept) {
  const key = columnsOf(table)
  return compileOnce((db, rows: (string | number)[][]) => {
    const values = sql.join(rows.map((row) => sql`(${sql.join(row)})`))
    const insert = sql`
      insert into ${sql.table(table)} (${key}, n) values ${values}
      on conflict (${key}) do update set n = ${sql.ref(`${table}.n`)} + excluded.n
    `
    return { compile: () => insert.compile(db) }
  })
}

function sumOf(changes: Change[]): number {
  return changes.reduce((sum, { by }) => sum + by, 0)
}

function columnsOf(table: Kept) {
  return sql.join(keys[table].map((name) => sql.ref(name)))
}

/** Counts anew, for when many have left at once. */
export async function recountListed(db: Db, statementId: string): Promise<void> {
  for (const table of kept) {
    const key = columnsOf(table)
    await db.deleteFrom(table).where('statement_id', '=', statementId).execute()
    await sql`
      insert into ${sql.table(table)} (${key}, n)
      select ${key}, count(*) from signatories where statement_id = ${statementId} group by ${key}
    `.execute(db)
  }
}

/** Of all lists. */
export async function readCells(db: Db, table: Kept): Promise<(Cell & { n: number })[]> {
  const { rows } = await sql<Cell & { n: number }>`select * from ${sql.table(table)}`.execute(db)
  return rows
}

/** All entries of all lists with what decides where they are counted, in pieces that take no time. */
export async function* walkListed(db: Db, size = 500): AsyncGenerator<ListedKey[]> {
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('signatories')
      .select(['endorsement_id', 'confirmed_on', ...keys.listed_counts])
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

export interface DayCount {
  /** the day that the list names, in UTC: 2026-11-21 */
  day: string
  type: EndorserType
  n: number
}

/** On which days those on the list were confirmed, the first day first. */
export async function readDays(db: Db, statementId: string): Promise<DayCount[]> {
  const rows = await db
    .selectFrom('listed_days')
    .select((eb) => ['confirmed_on as day', 'type', eb.fn.sum<number | string>('n').as('n')])
    .where('statement_id', '=', statementId)
    .where('n', '>', 0)
    .groupBy(['confirmed_on', 'type'])
    .orderBy('confirmed_on')
    .execute()
  return rows.map(({ n, ...day }) => ({ ...day, n: Number(n) }))
}
