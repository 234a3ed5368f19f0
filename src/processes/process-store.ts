// The only SQL about processes.
import type { Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { ProcessTables } from './tables.ts'

export type ProcessRow = Selectable<ProcessTables['processes']>

/** Says that it lives, also when somebody has taken it for dead. */
export async function beat(db: Db, row: Omit<ProcessRow, 'beat'>): Promise<void> {
  await db
    .insertInto('processes')
    .values({ ...row, beat: 1 })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({ beat: eb('processes.beat', '+', 1) })),
    )
    .execute()
}

export async function listProcesses(db: Db): Promise<ProcessRow[]> {
  return db.selectFrom('processes').selectAll().execute()
}

export async function deleteProcesses(db: Db, ids: string[]): Promise<void> {
  if (ids.length > 0) await db.deleteFrom('processes').where('id', 'in', ids).execute()
}
