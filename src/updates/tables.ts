// Rows of updates, their texts, and who has been sent one while it is being sent.

export type UpdateState = 'draft' | 'sending' | 'paused' | 'sent' | 'cancelled'

/** `mailed`: a mail was put into the outbox · `dropped`: not wanted any more · `twin`: same mailbox */
export type RecipientOutcome = 'mailed' | 'dropped' | 'twin'

export interface UpdateTables {
  updates: {
    id: string
    statement_id: string
    state: UpdateState
    created_at: string
    sent_at: string | null
    mails_sent: number
    mails_failed: number
    mails_dropped: number
  }
  update_texts: {
    update_id: string
    language: string
    title: string
    body: string
    /** counts every change, so that a change based on an old reading is noticed */
    revision: number
  }
  update_recipients: { update_id: string; endorsement_id: string; outcome: RecipientOutcome }
}
