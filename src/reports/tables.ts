// Rows about what anybody reported, and the names that were removed after a report.
import type { Flag } from '../statements/tables.ts'
import type { ReportReason } from './report.ts'

export interface ReportTables {
  reports: {
    id: string
    token_hash: string
    statement_id: string
    endorsement_id: string | null
    nth: number
    number: number
    reason: ReportReason
    words_sealed: string
    shown_hash: string
    suspect: Flag
    reported_at: string
    settled_at: string | null
    review_id: string | null
    answer_sealed: string
  }
  removed_names: { endorsement_id: string; statement_id: string; name_hash: string }
}
