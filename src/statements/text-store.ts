// The only SQL about text versions: numbered, kept for ever, one of them current in each language.
import type { Db } from '../db/schema.ts'
import type { TextVersion } from './stored-statement.ts'
import type { StatementTables } from './tables.ts'

/**
 * Makes a text the current one of its language: as a new text version with the next number, or as
 * the last one again when that says the same in the same words (its language had been left out for
 * a while).
 * @returns the id of what is current now, and the number of a new text version
 */
export async function addTextVersion(
  db: Db,
  statementId: string,
  text: Omit<TextVersion, 'number'>,
  times: { searchText: string; createdAt: string },
): Promise<{ id: string; number: number | null }> {
  const last = await db
    .selectFrom('text_versions')
    .select(['id', 'number', 'hash', 'meaning'])
    .where('statement_id', '=', statementId)
    .where('language', '=', text.language)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  const same = last?.hash === text.hash && last.meaning === text.meaning ? last : null
  const number = same ? null : (last?.number ?? 0) + 1
  if (number !== null) {
    await db
      .insertInto('text_versions')
      .values({ ...text, statement_id: statementId, number, created_at: times.createdAt })
      .execute()
  }
  const current = { text_version_id: same?.id ?? text.id, search_text: times.searchText }
  await db
    .insertInto('language_versions')
    .values({ statement_id: statementId, language: text.language, ...current })
    .onConflict((conflict) => conflict.columns(['statement_id', 'language']).doUpdateSet(current))
    .execute()
  return { id: current.text_version_id, number }
}

/** Other words for a text version that nobody can have read. */
export async function replaceText(
  db: Db,
  text: Omit<TextVersion, 'number' | 'meaning'>,
  searchText: string,
): Promise<void> {
  const { id, title, summary, body, hash } = text
  await db
    .updateTable('text_versions')
    .set({ title, summary, body, hash })
    .where('id', '=', id)
    .execute()
  await db
    .updateTable('language_versions')
    .set({ search_text: searchText })
    .where('text_version_id', '=', id)
    .execute()
}

export async function hasEndorsements(db: Db, textVersionId: string): Promise<boolean> {
  const found = await db
    .selectFrom('endorsements')
    .select('id')
    .where('text_version_id', '=', textVersionId)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

export async function dropLanguageVersion(
  db: Db,
  statementId: string,
  language: string,
): Promise<void> {
  await db
    .deleteFrom('language_versions')
    .where('statement_id', '=', statementId)
    .where('language', '=', language)
    .execute()
}

const textColumns = [
  'id',
  'language',
  'number',
  'title',
  'summary',
  'body',
  'hash',
  'meaning',
] as const

/** A text version that an endorsement names, also when it is no longer the current one. */
export async function findTextVersion(db: Db, id: string): Promise<TextVersion | null> {
  const row = await db
    .selectFrom('text_versions')
    .select(textColumns)
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/** A text by its fingerprint, as it stands in what was issued. */
export async function findTextByHash(
  db: Db,
  { statementId, language, hash }: { statementId: string; language: string; hash: string },
): Promise<TextVersion | null> {
  const row = await db
    .selectFrom('text_versions')
    .select(textColumns)
    .where('statement_id', '=', statementId)
    .where('language', '=', language)
    .where('hash', '=', hash)
    .orderBy('number', 'desc')
    .executeTakeFirst()
  return row ?? null
}

/** What these words of a language say; null when they were never public. */
export async function findMeaning(
  db: Db,
  { statementId, language, hash }: { statementId: string; language: string; hash: string },
): Promise<number | null> {
  const row = await db
    .selectFrom('text_versions')
    .select('meaning')
    .where('statement_id', '=', statementId)
    .where('language', '=', language)
    .where('hash', '=', hash)
    .orderBy('number', 'desc')
    .executeTakeFirst()
  return row?.meaning ?? null
}

/** The last text of a language that said a certain thing, or something before it. */
export async function findTextAt(
  db: Db,
  { statementId, language, meaning }: { statementId: string; language: string; meaning: number },
): Promise<TextVersion | null> {
  const row = await db
    .selectFrom('text_versions')
    .select(textColumns)
    .where('statement_id', '=', statementId)
    .where('language', '=', language)
    .where('meaning', '<=', meaning)
    .orderBy('number', 'desc')
    .executeTakeFirst()
  return row ?? null
}

/** Whether somebody has confirmed: from then on the text is frozen (product.md C-7). */
export async function isFrozen(db: Db, statementId: string): Promise<boolean> {
  const found = await db
    .selectFrom('endorsements')
    .select('id')
    .where('statement_id', '=', statementId)
    .where('confirmed_at', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

export async function writeChange(db: Db, row: StatementTables['text_changes']): Promise<void> {
  await db.insertInto('text_changes').values(row).execute()
}

/** Begins or ends asking about the new texts of a statement. */
export async function setAsking(db: Db, statementId: string, isAsking: boolean): Promise<void> {
  await db
    .updateTable('text_changes')
    .set({ asking: isAsking ? 1 : 0 })
    .where('statement_id', '=', statementId)
    .where('asking', '=', isAsking ? 0 : 1)
    .execute()
}

/** Statements about whose new text people are being asked. */
export async function listAsking(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('text_changes')
    .select('statement_id')
    .distinct()
    .where('asking', '=', 1)
    .execute()
  return rows.map((row) => row.statement_id)
}

/** Keeps others from asking about the same text until the transaction ends; false: all are asked. */
export async function holdAsking(db: Db, statementId: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('text_changes')
    .set({ asking: 1 })
    .where('statement_id', '=', statementId)
    .where('asking', '=', 1)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Newest first. */
export async function listChanges(db: Db, statementId: string) {
  return db
    .selectFrom('text_changes')
    .selectAll()
    .where('statement_id', '=', statementId)
    .orderBy('changed_at', 'desc')
    .orderBy('text_version_id')
    .execute()
}
