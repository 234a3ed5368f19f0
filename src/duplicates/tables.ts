// Rows about pairs of entries that look like one organisation, and what was found of them.
import type { Verification } from '../endorsements/endorsement.ts'

export interface DuplicateTables {
  pairs: {
    /** the smaller id, so that a pair is one row */
    first_id: string
    second_id: string
    statement_id: string
    coordinator_id: string
    at: string
    /** the one that stays; null when they are not the same */
    kept_id: string | null
    /** how the one that stays was checked before; null where the merge has left it */
    kept_verification: Verification | null
  }
}
