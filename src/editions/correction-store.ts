// The only SQL about what was corrected in editions.
import type { Db } from '../db/schema.ts'
import type { RedactionReason } from './edition.ts'
import type { EditionTables } from './tables.ts'

export async function insertCorrection(
  tx: Db,
  row: EditionTables['edition_corrections'],
): Promise<void> {
  await tx.insertInto('edition_corrections').values(row).execute()
}

export interface Redaction {
  edition: number
  at: string
  reason: RedactionReason
  n: number
}

/** The newest first. */
export async function listRedactions(db: Db, statementId: string): Promise<Redaction[]> {
  return db
    .selectFrom('edition_corrections as c')
    .innerJoin('editions as e', 'e.id', 'c.edition_id')
    .select(['e.number as edition', 'c.at', 'c.reason', 'c.n'])
    .where('e.statement_id', '=', statementId)
    .orderBy('c.at', 'desc')
    .orderBy('e.number', 'desc')
    .execute()
}
