// Rows of batches, and of sheets between upload and import.
import type { Flag } from '../statements/tables.ts'

export type ImportSource = 'file' | 'paste' | 'hand'
export type ImportState = 'running' | 'done' | 'rolled-back'

export interface ImportTables {
  imports: {
    id: string
    statement_id: string
    /** 'command line' or a coordinator's id */
    actor: string
    source: ImportSource
    state: ImportState
    /** 1: confirmed by the coordinator, with evidence */
    confirmed: Flag
    evidence_sealed: string
    /** SHA-256 of the file */
    hash: string
    rows: number
    blank: number
    new: number
    duplicate: number
    similar: number
    invalid: number
    removed: number
    kept: number
    created_at: string
  }
  import_rows: { endorsement_id: string; import_id: string }
  /** every row that was brought, whether it made an endorsement or not: nobody is told which did */
  import_hashes: { capacity_hash: string; import_id: string }
  import_drafts: {
    id: string
    statement_id: string
    coordinator_id: string
    source: ImportSource
    hash: string
    sheet_sealed: string
    mapping: string
    expires_at: string
  }
}
