// The only SQL about which mails went to pending endorsements.
import type { Insertable } from 'kysely'
import { compileOnce } from '../db/compile-once.ts'
import type { Db } from '../db/schema.ts'
import type { MailTables } from './tables.ts'

/** A mail that is sent again has the same id, and is remembered anew. */
export const writeSentMail = compileOnce((db, row: Insertable<MailTables['sent_mails']>) =>
  db
    .insertInto('sent_mails')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ expires_at: row.expires_at })),
)

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
