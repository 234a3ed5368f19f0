// What the mail side forgets by itself.
import type { Db } from '../db/schema.ts'
import { deleteExpiredAllowances } from './allowance-store.ts'
import { deleteFailedBefore } from './outbox-store.ts'

const failedMailDays = 30

export async function forgetMail(
  db: Db,
  now: Date,
): Promise<{ allowances: number; failedMails: number }> {
  const before = new Date(now.getTime() - failedMailDays * 86_400_000)
  return {
    allowances: await deleteExpiredAllowances(db, now.toISOString()),
    failedMails: await deleteFailedBefore(db, before.toISOString()),
  }
}
