// What coordinators decided on somebody's endorsements and wrote about it, for whoever asks for it.
import type { Context } from '../context.ts'
import { listReviewsOf } from './review-store.ts'

export { forgetNotesOf as forgetNotes } from './review-store.ts'

/** Without who decided: that is about somebody else. */
export async function reviewsOf(
  { db, vault }: Pick<Context, 'db' | 'vault'>,
  endorsementIds: string[],
) {
  const reviews = await listReviewsOf(db, endorsementIds)
  return reviews.map(
    ({ id, endorsement_id: endorsementId, at, decision, reason, note_sealed }) => ({
      endorsementId,
      at,
      decision,
      reason,
      note: note_sealed === '' ? null : vault.open('note', id, note_sealed),
    }),
  )
}
