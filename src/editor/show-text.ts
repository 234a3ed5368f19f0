// A text that was reviewed takes the place of the public one, and what changed stays to be seen.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { changeText } from '../statements/change-text.ts'
import { findMeaning } from '../statements/find-statement.ts'
import { textHash } from '../statements/statement-text.ts'
import { newestMeaning, type Statement } from '../statements/stored-statement.ts'
import { noteChange } from '../statements/text-changes.ts'
import { writeWorking } from './editor-store.ts'
import { textMark, type WorkingText } from './working-texts.ts'

type Needs = Pick<Context, 'clock' | 'random'>

export interface Showing {
  /** see TextVersion */
  meaning: number
  /** said in public beside the difference; null: nobody stands behind the text from before */
  reason: string | null
  /** who stands behind the text from before is asked about this one */
  isAsking: boolean
  actor: string
}

/** @param statement locked by the caller's transaction */
export async function showText(
  tx: Db,
  ctx: Needs,
  statement: Statement,
  text: WorkingText,
  { meaning, reason, isAsking, actor }: Showing,
): Promise<void> {
  const { id: statementId, slug: subject, versions } = statement
  const { language, title, summary, body } = text
  const before = versions.find((each) => each.language === language)
  const version = { language, title, summary, body }
  const { id: to, previousId, number } = await changeText(tx, ctx, statement, version, meaning)
  await markPublished(tx, ctx, statementId, text)
  const isChanged = before !== undefined && textMark(before) !== text.mark
  if (reason !== null && isChanged && previousId !== null) {
    await noteChange(tx, ctx, { statementId, from: previousId, to, reason, isAsking })
  }
  const detail = { language, number, ...(isAsking ? { asks: true } : {}) }
  await record(tx, ctx, { actor, action: 'text published', subject, detail })
}

/** From now on the public text counts; what it was translated from stays known. */
async function markPublished(
  tx: Db,
  { clock }: Pick<Needs, 'clock'>,
  statementId: string,
  { language, title, summary, body, source }: WorkingText,
): Promise<void> {
  const kept = source === null ? null : JSON.stringify(source)
  const row = { statement_id: statementId, language, title, summary, body, source: kept }
  await writeWorking(tx, { ...row, state: 'published', updated_at: clock.now().toISOString() })
}

/** What a text says if nothing else is said: a translation says what its source did. */
export async function meaningOf(
  db: Db,
  statement: Statement,
  { language, source }: Pick<WorkingText, 'language' | 'source'>,
): Promise<number> {
  const newest = newestMeaning(statement)
  if (language === statement.authoritative || source === null) return newest
  const wanted = { language: statement.authoritative, hash: textHash(source) }
  const known = statement.versions.find((each) => each.language === language)
  const ofSource = await findMeaning(db, { statementId: statement.id, ...wanted })
  return ofSource ?? known?.meaning ?? newest
}
