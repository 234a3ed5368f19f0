// Takes one decision back while nothing else has changed the entry since.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { decideOn, lockOne } from '../endorsements/decide.ts'
import { reopenReports } from '../reports/settle.ts'
import { listReviewsOf, markUndone, type ReviewRow } from './review-store.ts'

/** @returns false when the entry has changed since, or somebody was faster */
export async function takeBackIn(tx: Db, ctx: Context, review: ReviewRow): Promise<boolean> {
  const read = await lockOne(tx, ctx.vault, review.statement_id, review.endorsement_id)
  if (!read || read.revision !== review.after_revision) return false
  if (!(await markUndone(tx, review.id, ctx.clock.now().toISOString()))) return false
  await reopenReports(tx, review.id)
  const before = { state: review.before_state, verification: review.before_verification }
  return (await decideOn(tx, ctx, read, before)) !== null
}

/** The same for the entry that a merge took out; false also when something was decided on it since. */
export async function takeBackMerge(tx: Db, ctx: Context, endorsementId: string): Promise<boolean> {
  const [last] = await listReviewsOf(tx, [endorsementId])
  return last?.decision === 'merged' && takeBackIn(tx, ctx, last)
}
