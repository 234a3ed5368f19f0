// What a coordinator decided last on an endorsement, for the mail that tells its endorser and for what
// the endorser may still change.
import type { Db } from '../db/schema.ts'
import type { Reason } from './decision.ts'
import { listReviewsOf } from './review-store.ts'

export async function lastReasonOf(db: Db, endorsementId: string): Promise<Reason | null> {
  const [last] = await listReviewsOf(db, [endorsementId])
  return last?.reason ?? null
}

/** Held by somebody's decision, not only for how the name looks. */
export async function isHeldByHand(db: Db, endorsementId: string): Promise<boolean> {
  const [last] = await listReviewsOf(db, [endorsementId])
  return last?.decision === 'held'
}
