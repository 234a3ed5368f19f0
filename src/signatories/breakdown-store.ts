// The only SQL about breakdowns. A row is written once and never changed.
import type { Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { SignatoryTables } from './tables.ts'

type Row = Selectable<SignatoryTables['breakdowns']>

/** Whoever comes first decides; another process that took one at the same time changes nothing. */
export async function writeBreakdown(db: Db, row: Row): Promise<void> {
  await db
    .insertInto('breakdowns')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function findBreakdown(db: Db, statementId: string): Promise<Row | null> {
  const row = await db
    .selectFrom('breakdowns')
    .selectAll()
    .where('statement_id', '=', statementId)
    .executeTakeFirst()
  return row ?? null
}

/** The statements that have one. */
export async function listBrokenDown(db: Db): Promise<Set<string>> {
  const rows = await db.selectFrom('breakdowns').select('statement_id').execute()
  return new Set(rows.map((row) => row.statement_id))
}
