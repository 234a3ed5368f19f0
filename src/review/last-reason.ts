// For the mail that tells an endorser of a decision: the reason that was chosen last.
import type { Db } from '../db/schema.ts'
import type { Reason } from './decision.ts'
import { listReviewsOf } from './review-store.ts'

export async function lastReasonOf(db: Db, endorsementId: string): Promise<Reason | null> {
  const [last] = await listReviewsOf(db, [endorsementId])
  return last?.reason ?? null
}
