// Rows of what the press is given.

export interface PressTables {
  /** links to a statement under embargo */
  press_links: {
    id: string
    statement_id: string
    hash: string
    created_at: string
    revoked_at: string | null
  }
  press_quotes: {
    id: string
    statement_id: string
    language: string
    words: string
    name: string
    /** '' when none was given */
    role: string
    evidence_sealed: string
    added_at: string
  }
  press_contacts: {
    statement_id: string
    name: string
    email: string
    phone: string
    revision: number
  }
}
