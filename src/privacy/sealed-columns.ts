// Every column that holds something sealed: what a change of keys has to seal again. A test compares
// this list with the database.
import type { Tables } from '../db/schema.ts'
import type { SealPurpose } from './vault.ts'

export interface SealedTable {
  name: keyof Tables
  /** the column that values are bound to */
  bound: string
  columns: Record<string, SealPurpose>
  /** the column that names the key of the row */
  keyId: string | null
}

export const sealedTables: readonly SealedTable[] = [
  {
    name: 'endorsements',
    bound: 'address_hash',
    columns: { address_sealed: 'address', details_sealed: 'details' },
    keyId: 'key_id',
  },
  {
    name: 'coordinators',
    bound: 'id',
    columns: { email_sealed: 'coordinator', code_sealed: 'code' },
    keyId: null,
  },
  { name: 'imports', bound: 'id', columns: { evidence_sealed: 'evidence' }, keyId: null },
  { name: 'import_drafts', bound: 'id', columns: { sheet_sealed: 'sheet' }, keyId: null },
  {
    name: 'invitations',
    bound: 'id',
    columns: { details_sealed: 'invitation' },
    keyId: null,
  },
  { name: 'press_quotes', bound: 'id', columns: { evidence_sealed: 'evidence' }, keyId: null },
  { name: 'reviews', bound: 'id', columns: { note_sealed: 'note' }, keyId: null },
  { name: 'invalidations', bound: 'id', columns: { criteria_sealed: 'note' }, keyId: null },
  { name: 'signing_keys', bound: 'id', columns: { private_sealed: 'signing' }, keyId: null },
  {
    name: 'reports',
    bound: 'id',
    columns: { words_sealed: 'report', answer_sealed: 'report' },
    keyId: null,
  },
  { name: 'outbox', bound: 'id', columns: { recipient_sealed: 'recipient' }, keyId: null },
  { name: 'mailbox', bound: 'id', columns: { mail_sealed: 'mail' }, keyId: null },
]
