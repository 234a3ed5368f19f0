// What the mail side forgets by itself.
import type { Db } from '../db/schema.ts'
import { deleteExpiredAllowances } from './allowance-store.ts'
import { deleteFailedBefore } from './outbox-store.ts'
import { deleteExpiredSentMails } from './sent-mail-store.ts'
import { deleteTraces } from './trace-store.ts'

/** That a mail failed for good, without for whom, is kept this long. */
export const failedMailDays = 30

export async function forgetMail(
  db: Db,
  now: Date,
): Promise<{ allowances: number; failedMails: number; sentMails: number }> {
  const before = new Date(now.getTime() - failedMailDays * 86_400_000)
  return {
    allowances: await deleteExpiredAllowances(db, now.toISOString()),
    failedMails: await deleteFailedBefore(db, before.toISOString()),
    sentMails: await deleteExpiredSentMails(db, now.toISOString()),
  }
}

/** What was counted for some mailboxes, given by their keyed hashes. */
export async function forgetMailTo(tx: Db, addressHashes: string[]): Promise<void> {
  await deleteTraces(tx, addressHashes)
}
