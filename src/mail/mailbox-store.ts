// The only SQL about the local mailbox.
import type { Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { MailTables } from './tables.ts'

type Row = Selectable<MailTables['mailbox']>

export async function insertIntoMailbox(db: Db, row: Row): Promise<void> {
  await db
    .insertInto('mailbox')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function readMailbox(db: Db, page: { limit: number; offset: number }): Promise<Row[]> {
  return db
    .selectFrom('mailbox')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
}

export async function countMailbox(db: Db): Promise<number> {
  const { total } = await db
    .selectFrom('mailbox')
    .select((eb) => eb.fn.countAll<number | string>().as('total'))
    .executeTakeFirstOrThrow()
  return Number(total)
}

export async function listKept(db: Db): Promise<Pick<Row, 'id' | 'mail_sealed'>[]> {
  return db.selectFrom('mailbox').select(['id', 'mail_sealed']).execute()
}

export async function deleteKept(db: Db, ids: string[]): Promise<void> {
  if (ids.length > 0) await db.deleteFrom('mailbox').where('id', 'in', ids).execute()
}
