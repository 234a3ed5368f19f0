// Rows of invitations: sealed whom they are for, and what became of them.
import type { InvitationState } from './invitation.ts'

export interface InvitationTables {
  invitations: {
    id: string
    statement_id: string
    address_hash: string
    details_sealed: string
    language: string
    state: InvitationState
    reserved_until: string | null
    token_hash: string
    stop_hash: string
    endorsement_id: string | null
    reminders: number
    last_mail_at: string
    invited_at: string
    /** the last mail to it */
    mail_id: string | null
    /** when a mail to it came back for good */
    bounced_at: string | null
  }
  invitation_rules: { statement_id: string; most_reminders: number; days_between: number }
  /** mailboxes that do not want to be invited again, as keyed hashes */
  invitation_refusals: { address_hash: string; since: string }
}
