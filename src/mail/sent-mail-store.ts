// The only SQL about which mails went to pending endorsements.
import type { Insertable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { MailTables } from './tables.ts'

/** A mail that is sent again has the same id, and is remembered anew. */
export async function writeSentMail(
  db: Db,
  row: Insertable<MailTables['sent_mails']>,
): Promise<void> {
  const { expires_at } = row
  await db
    .insertInto('sent_mails')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ expires_at }))
    .execute()
}

export async function findSentMail(
  db: Db,
  id: string,
  now: string,
): Promise<{ endorsement_id: string } | null> {
  const row = await db
    .selectFrom('sent_mails')
    .select('endorsement_id')
    .where('id', '=', id)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row ?? null
}

export async function deleteExpiredSentMails(db: Db, now: string): Promise<number> {
  const result = await db.deleteFrom('sent_mails').where('expires_at', '<=', now).executeTakeFirst()
  return Number(result.numDeletedRows)
}
