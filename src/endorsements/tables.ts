// Rows of endorsements: the sealed truth about who signed, and the links that lead to it.
import type { Generated } from 'kysely'
import type { Flag } from '../statements/tables.ts'
import type { Visibility } from '../statements/statement.ts'
import type { EndorsementState, EndorserType, Verification } from './endorsement.ts'

export type TokenPurpose = 'confirm' | 'manage' | 'unsubscribe' | 'reconfirm'
export type TokenState = 'live' | 'used' | 'superseded'

export interface EndorsementTables {
  endorsements: {
    id: string
    statement_id: string
    type: EndorserType
    state: EndorsementState
    key_id: string
    address_hash: string
    capacity_hash: string
    address_sealed: string
    details_sealed: string
    country: string
    visibility: Visibility
    language: string
    text_version_id: string
    flags: string
    updates: Flag
    verification: Verification | null
    number: number | null
    signed_at: string
    confirmed_at: string | null
    withdrawn_at: string | null
    reminded: Flag
    /** address, contact person and keyed hashes were destroyed (product.md P-9) */
    contact_forgotten: Generated<Flag>
    /** the newest meaning of the statement's text that they were asked about (text_versions) */
    asked: Generated<number>
    /** counts every change, so that a change based on an old reading is noticed */
    revision: number
  }
  agreed_texts: { hash: string; content: string }
  consents: {
    endorsement_id: string
    text_hash: string
    notice_hash: string
    labels_hash: string
    language: string
    given_at: string
    method: string
    authorised: Flag
    publishing: Flag
    updates: Flag
  }
  /** who stands behind a later text than the one that was signed, with what they agreed to */
  reconfirmations: {
    endorsement_id: string
    text_version_id: string
    previous_id: string
    labels_hash: string
    language: string
    given_at: string
    method: string
  }
  tokens: {
    hash: string
    purpose: TokenPurpose
    endorsement_id: string
    state: TokenState
    expires_at: string
  }
  suppressions: { address_hash: string; expires_at: string }
}
