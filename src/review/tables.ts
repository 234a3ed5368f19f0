// Rows about what coordinators decided on endorsements, and who is looking at which.
import type { EndorsementState, Verification } from '../endorsements/endorsement.ts'
import type { Kept, Reason } from './decision.ts'

export interface ReviewTables {
  reviews: {
    id: string
    statement_id: string
    endorsement_id: string
    coordinator_id: string
    at: string
    decision: Kept
    reason: Reason | null
    note_sealed: string
    before_state: EndorsementState
    before_verification: Verification | null
    after_revision: number
    undone_at: string | null
    invalidation_id: string | null
  }
  review_looks: { endorsement_id: string; coordinator_id: string; until: string }
}
