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
  }
  /** mailboxes that do not want to be invited again, as keyed hashes */
  invitation_refusals: { address_hash: string; since: string }
}
