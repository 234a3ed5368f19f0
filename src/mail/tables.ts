// Rows of the outbox, of what an address may still get, and of the local mailbox.

/** What a queued mail answers; the worker decides at sending time what is true by then. */
export type MailKind =
  | 'sign-on'
  | 'resend'
  | 'reminder'
  | 'confirmed'
  | 'withdrawn'
  | 'reconfirm'
  | 'find'
  | 'sign-in'
  | 'invitation'
  | 'invitation-reminder'
  | 'update'
  | 'update-test'
  | 'approved'
  | 'rejected'

export type AllowanceKind = 'confirmation' | 'notice' | 'find'

export interface MailTables {
  outbox: {
    id: string
    state: 'queued' | 'claimed' | 'failed'
    kind: MailKind
    statement_id: string | null
    endorsement_id: string | null
    language: string
    recipient_sealed: string
    attempts: number
    due_at: string
    claimed_by: string | null
    fault: string | null
    created_at: string
    /** which update it carries */
    update_id: string | null
  }
  mail_allowances: {
    address_hash: string
    kind: AllowanceKind
    sent: number
    last_at: string
    expires_at: string
  }
  /** which mails went to a pending endorsement, by the id in their Message-ID, to know a true bounce */
  sent_mails: { id: string; endorsement_id: string; address_hash: string; expires_at: string }
  /** how many mails about a statement a mail server has taken */
  mail_tallies: { statement_id: string; kind: MailKind; sent: number }
  mailbox: { id: string; mail_sealed: string; created_at: string }
}
