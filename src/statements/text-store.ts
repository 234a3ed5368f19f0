// The only SQL about text versions: numbered, kept for ever, one of them current in each language.
import type { Db } from '../db/schema.ts'
import type { TextVersion } from './stored-statement.ts'

/**
 * Makes a text the current one of its language: as a new text version with the next number, or as
 * the last one again when that has the same words (its language had been left out for a while).
 * @returns the number of the new text version, null when there is none
 */
export async function addTextVersion(
  db: Db,
  statementId: string,
  text: Omit<TextVersion, 'number'>,
  times: { searchText: string; createdAt: string },
): Promise<number | null> {
  const last = await db
    .selectFrom('text_versions')
    .select(['id', 'number', 'hash'])
    .where('statement_id', '=', statementId)
    .where('language', '=', text.language)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
  const same = last?.hash === text.hash ? last : null
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
  return number
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

/** A text version that an endorsement names, also when it is no longer the current one. */
export async function findTextVersion(db: Db, id: string): Promise<TextVersion | null> {
  const row = await db
    .selectFrom('text_versions')
    .select(['id', 'language', 'number', 'title', 'summary', 'body', 'hash'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}
