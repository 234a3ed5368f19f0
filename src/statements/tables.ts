// Rows of statements and their texts.
import type { Generated } from 'kysely'
import type { Kind, Review, Signers, Visibility } from './statement.ts'

/** 0 or 1: both databases keep flags as small integers. */
export type Flag = number

export type StoredState = 'draft' | 'open' | 'closed' | 'delivered' | 'archived' | 'taken-down'

/** Whose names a coordinator has taken out of public view (the panic switch). */
export type NamesHidden = 'individuals' | 'everyone'

export interface StatementTables {
  statements: {
    id: string
    slug: string
    kind: Kind
    state: StoredState
    signers: Signers
    visibility_default: Visibility
    discreet: Flag
    review: Review
    authoritative_language: string
    convenors: string
    addressees: string
    originally_published: string | null
    dated: string | null
    opens_at: string | null
    opens_zone: string | null
    closes_at: string | null
    closes_zone: string | null
    /** nothing of it is public before */
    embargo_until: string | null
    embargo_zone: string | null
    /** when it was closed by hand */
    closed_at: string | null
    delivered_at: string | null
    taken_down_reason: string | null
    names_hidden: NamesHidden | null
    names_hidden_at: string | null
    paused_at: string | null
    protected_names: Generated<string>
    proof_of_work: Generated<Flag>
    last_number: number
    created_at: string
    updated_at: string
  }
  statement_topics: { statement_id: string; topic: string; position: number }
  text_versions: {
    id: string
    statement_id: string
    language: string
    number: number
    title: string
    summary: string
    body: string
    hash: string
    /** texts of a statement that say the same have the same number, in all languages */
    meaning: Generated<number>
    created_at: string
  }
  /** what has changed since the text was frozen, shown in public */
  text_changes: {
    text_version_id: string
    statement_id: string
    previous_id: string
    reason: string
    /** of a new text: whether people are still being asked about it; null for a correction */
    asking: Flag | null
    changed_at: string
  }
  language_versions: {
    statement_id: string
    language: string
    text_version_id: string
    search_text: string
  }
}
