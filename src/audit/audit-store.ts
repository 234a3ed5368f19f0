// The only SQL about the audit log: append and read, never change.
import type { Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { AuditTables } from './tables.ts'

export type AuditRow = Selectable<AuditTables['audit_log']>

const headName = 'audit head'

export interface Head {
  seq: number
  hash: string
}

export const beginning: Head = { seq: 0, hash: '0'.repeat(64) }

/** Reads the head and keeps everyone else from it until the transaction ends. */
export async function lockHead(tx: Db): Promise<Head> {
  await tx
    .insertInto('installation')
    .values({ name: headName, value: JSON.stringify(beginning) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await tx
    .updateTable('installation')
    .set((eb) => ({ value: eb.ref('value') }))
    .where('name', '=', headName)
    .returning('value')
    .executeTakeFirstOrThrow()
  return JSON.parse(row.value) as Head
}

export async function append(tx: Db, row: AuditRow): Promise<void> {
  await tx.insertInto('audit_log').values(row).execute()
  await tx
    .updateTable('installation')
    .set({ value: JSON.stringify({ seq: row.seq, hash: row.hash }) })
    .where('name', '=', headName)
    .execute()
}

export async function readHead(db: Db): Promise<Head> {
  const row = await db
    .selectFrom('installation')
    .select('value')
    .where('name', '=', headName)
    .executeTakeFirst()
  return row ? (JSON.parse(row.value) as Head) : beginning
}

export async function* readLog(db: Db, size = 1000): AsyncGenerator<AuditRow> {
  // without a lower bound at first: an entry may have been put in before number 1
  const first = db.selectFrom('audit_log').selectAll().orderBy('seq').limit(size)
  let page = first
  for (;;) {
    const rows = await page.execute()
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < size) return
    page = first.where('seq', '>', last.seq)
  }
}
