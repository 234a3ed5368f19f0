// Rows about invalidations; which endorsements they took out stands in `reviews`.
export type InvalidationState = 'draft' | 'running' | 'done' | 'cancelled' | 'undoing' | 'undone'

export interface InvalidationTables {
  invalidations: {
    id: string
    statement_id: string
    coordinator_id: string
    state: InvalidationState
    criteria_sealed: string
    /** public, in the language in which it was written */
    reason: string
    language: string
    created_at: string
    started_at: string | null
    ended_at: string | null
  }
}
