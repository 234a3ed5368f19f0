// The only SQL about counts. Every public number is a sum over the same cells (product.md R1).
import type { Selectable } from 'kysely'
import { compileOnce } from '../db/compile-once.ts'
import type { Db } from '../db/schema.ts'
import type { SignatoryTables } from './tables.ts'

export type Cell = Selectable<SignatoryTables['tallies']>
export type CellKey = Pick<Cell, 'statement_id' | 'type' | 'visibility' | 'country'>

/** Adds `by` (1, -1, or 0 to mark a change of the list only) to one cell. */
export const addToCell = compileOnce((db, cell: CellKey, by: number, changedAt: string) =>
  db
    .insertInto('tallies')
    .values({ ...cell, n: by, changed_at: changedAt })
    .onConflict((conflict) =>
      conflict.columns(['statement_id', 'type', 'visibility', 'country']).doUpdateSet((eb) => ({
        n: eb('tallies.n', '+', by),
        changed_at: changedAt,
        revision: eb('tallies.revision', '+', 1),
      })),
    ),
)

/** Something that is public has changed, but neither a number nor the list. */
export async function touchCell(db: Db, cell: CellKey): Promise<void> {
  await db
    .updateTable('tallies')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('statement_id', '=', cell.statement_id)
    .where('type', '=', cell.type)
    .where('visibility', '=', cell.visibility)
    .where('country', '=', cell.country)
    .execute()
}

/** The same for all cells of a statement that nobody signs any more. */
export async function touchCells(db: Db, statementId: string): Promise<void> {
  await db
    .updateTable('tallies')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('statement_id', '=', statementId)
    .execute()
}

export async function readCells(db: Db, statementIds: string[]): Promise<Cell[]> {
  if (statementIds.length === 0) return []
  return db.selectFrom('tallies').selectAll().where('statement_id', 'in', statementIds).execute()
}

export async function readAllCells(db: Db): Promise<Cell[]> {
  return db.selectFrom('tallies').selectAll().execute()
}

/** All endorsements with what decides where they are counted, in pieces that take no time. */
export async function* walkEndorsements(db: Db, size = 500) {
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('endorsements')
      .select(['id', 'state', 'statement_id', 'type', 'visibility', 'country'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(size)
      .execute()
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = last.id
  }
}

const lastCheck = 'counts checked'

/** @returns false when the counts of that day (ISO) are checked already, or by somebody else */
export async function beginCheck(db: Db, day: string): Promise<boolean> {
  const result = await db
    .insertInto('installation')
    .values({ name: lastCheck, value: day })
    .onConflict((conflict) =>
      conflict.column('name').doUpdateSet({ value: day }).where('installation.value', '<', day),
    )
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/**
 * How many of those who are counted stand behind a text that says a certain thing; the newest first.
 * Counted text by text in an index, which with a million takes a quarter of the time of a join.
 */
export async function countByMeaning(db: Db, statementId: string) {
  const rows = await db
    .selectFrom('text_versions as t')
    .select((eb) => [
      't.meaning',
      eb
        .selectFrom('endorsements as e')
        .select((counted) => counted.fn.countAll<number | string>().as('n'))
        .whereRef('e.text_version_id', '=', 't.id')
        .where('e.state', '=', 'confirmed')
        .as('n'),
    ])
    .where('t.statement_id', '=', statementId)
    .execute()
  return [...Map.groupBy(rows, ({ meaning }) => meaning)]
    .map(([meaning, same]) => ({ meaning, n: same.reduce((sum, { n }) => sum + Number(n), 0) }))
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.meaning - a.meaning)
}
