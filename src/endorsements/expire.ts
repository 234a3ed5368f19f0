// What expires by itself on the endorsers' side (product.md P-9, M-2, M-11).
import type { Db } from '../db/schema.ts'
import { deleteExpiredSuppressions, deletePendingBefore } from './endorsement-store.ts'

/** An endorsement that nobody confirmed is deleted after this. */
export const pendingDays = 14

export async function expire(
  db: Db,
  now: Date,
): Promise<{ pending: number; suppressions: number }> {
  const before = new Date(now.getTime() - pendingDays * 86_400_000)
  return {
    pending: await deletePendingBefore(db, before.toISOString()),
    suppressions: await deleteExpiredSuppressions(db, now.toISOString()),
  }
}
