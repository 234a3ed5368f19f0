// The only SQL about quotes for the press.
import type { Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { Vault } from '../privacy/vault.ts'
import type { Quote } from './quote.ts'
import type { PressTables } from './tables.ts'

type QuoteRow = Selectable<PressTables['press_quotes']>

async function rowsOf(db: Db, statementId: string): Promise<QuoteRow[]> {
  return db
    .selectFrom('press_quotes')
    .selectAll()
    .where('statement_id', '=', statementId)
    .orderBy('added_at')
    .orderBy('id')
    .execute()
}

/** In the order in which they were added. */
export async function listQuotes(db: Db, statementId: string): Promise<Quote[]> {
  const rows = await rowsOf(db, statementId)
  return rows.map(({ id, language, words, name, role }) => ({ id, language, words, name, role }))
}

/** The same, with how each agreed: for the desk. */
export async function listEvidence(db: Db, vault: Vault, statementId: string) {
  const rows = await rowsOf(db, statementId)
  return rows.map(({ id, evidence_sealed, added_at }) => ({
    id,
    evidence: vault.open('evidence', id, evidence_sealed),
    addedAt: added_at,
  }))
}

export async function insertQuote(
  db: Db,
  vault: Vault,
  statementId: string,
  { id, ...columns }: Quote,
  { evidence, addedAt }: { evidence: string; addedAt: string },
): Promise<void> {
  const evidence_sealed = vault.seal('evidence', id, evidence)
  await db
    .insertInto('press_quotes')
    .values({ id, statement_id: statementId, ...columns, evidence_sealed, added_at: addedAt })
    .execute()
}

/** @returns whether it was there */
export async function deleteQuote(db: Db, statementId: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('press_quotes')
    .where('id', '=', id)
    .where('statement_id', '=', statementId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}
