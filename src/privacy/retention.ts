// What is deleted by itself, and when (product.md P-9, M-11).
import { deleteLinksExpiredBefore } from '../confirmations/link-store.ts'
import type { Context } from '../context.ts'
import {
  deleteExpiredSuppressions,
  deletePendingBefore,
} from '../endorsements/endorsement-store.ts'
import { deleteExpiredAllowances } from '../mail/allowance-store.ts'
import { deleteFailedBefore } from '../mail/outbox-store.ts'

export const pendingDays = 14
/** an expired link explains itself this long */
const expiredLinkDays = 14
const failedMailDays = 30

export interface Pruned {
  pending: number
  links: number
  suppressions: number
  allowances: number
  failedMails: number
}

/** Deletes what has outlived its purpose. */
export async function prune({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<Pruned> {
  const now = clock.now()
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString()
  return db.transaction().execute(async (tx) => ({
    pending: await deletePendingBefore(tx, daysAgo(pendingDays)),
    links: await deleteLinksExpiredBefore(tx, daysAgo(expiredLinkDays)),
    suppressions: await deleteExpiredSuppressions(tx, now.toISOString()),
    allowances: await deleteExpiredAllowances(tx, now.toISOString()),
    failedMails: await deleteFailedBefore(tx, daysAgo(failedMailDays)),
  }))
}
