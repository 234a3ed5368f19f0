// Rows of editions. Everything in them is public, or was; of what was taken out only numbers and
// hashes stay. The signing key is sealed.
import type { EndorserType, Verification } from '../endorsements/endorsement.ts'
import type { Flag } from '../statements/tables.ts'
import type { CorrectionReason, Reason } from './edition.ts'

interface FileKey {
  edition_id: string
  language: string
  format: string
}

export interface EditionTables {
  editions: {
    id: string
    statement_id: string
    number: number
    reason: Reason
    made_at: string
    as_of: string
    counts: string
    changes: string | null
    heads: string
    revision: number
    issued_at: string
    is_complete: Flag
  }
  edition_entries: {
    edition_id: string
    number: number
    endorsement_id: string | null
    type: EndorserType | null
    name: string | null
    acronym: string | null
    affiliation: string | null
    role: string | null
    country: string | null
    verification: Verification | null
    confirmed_on: string | null
    language: string | null
    late: Flag | null
  }
  edition_order: { edition_id: string; collation: string; sort_key: string; number: number }
  edition_files: FileKey & { bytes: number; sha256: string; signature: string | null }
  edition_pieces: FileKey & { position: number; content: string }
  edition_former_files: FileKey & { sha256: string; replaced_at: string }
  edition_corrections: {
    id: string
    edition_id: string
    at: string
    reason: CorrectionReason
    n: number
    number: number | null
  }
  signing_keys: { id: string; public_key: string; private_sealed: string; created_at: string }
}
