// Rows of texts in the making and of links to a preview.

/** A published one is what the public reads; only its source is kept here. */
export type WorkingState = 'draft' | 'reviewed' | 'published'

export interface EditorTables {
  working_texts: {
    statement_id: string
    language: string
    title: string
    summary: string
    body: string
    state: WorkingState
    source: string | null
    updated_at: string
  }
  preview_links: {
    id: string
    statement_id: string
    hash: string
    created_at: string
    expires_at: string
    revoked_at: string | null
  }
}
