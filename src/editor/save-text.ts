// Use case: somebody writes a language version. It becomes public by publishing; only the authoritative
// text of a draft is written at once, because nobody can read that statement yet.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { changeText } from '../statements/change-text.ts'
import { lockStatement } from '../statements/find-statement.ts'
import type { LanguageVersion } from '../statements/statement.ts'
import { newestMeaning, type Statement, statusAt } from '../statements/stored-statement.ts'
import { dropWorking, listWorking, writeWorking } from './editor-store.ts'
import { textMark, type WorkingText, workingTexts } from './working-texts.ts'

type Needs = Pick<Context, 'db' | 'clock' | 'random'>

export interface TextWanted {
  text: LanguageVersion
  isReviewed: boolean
  /** the text that the form was made from; '' when there was none */
  madeFrom: string
  /** the authoritative text that stood beside it */
  sourceMark: string
  /** it says what the authoritative text says now */
  isUpToDate: boolean
}

export type TextSaved = 'saved' | 'collided' | 'source-changed' | 'not-found'

export async function readWorkingTexts(
  { db }: Pick<Context, 'db'>,
  statement: Statement,
): Promise<WorkingText[]> {
  return workingTexts(statement, await listWorking(db, statement.id))
}

export async function saveText(
  ctx: Needs,
  slug: string,
  wanted: TextWanted,
  actor: string,
): Promise<TextSaved> {
  return ctx.db.transaction().execute(async (tx) => {
    const statement = await lockStatement(tx, slug)
    if (!statement) return 'not-found'
    const texts = workingTexts(statement, await listWorking(tx, statement.id))
    const before = texts.find(({ language }) => language === wanted.text.language) ?? null
    const main = texts.find(({ isAuthoritative }) => isAuthoritative)
    const isSame = before !== null && before.mark === textMark(wanted.text)
    if (!isSame && (before?.mark ?? '') !== wanted.madeFrom) return 'collided'
    const isMain = wanted.text.language === statement.authoritative
    if (!isMain && main?.mark !== wanted.sourceMark) return 'source-changed'
    if (isMain) await saveAuthoritative(tx, ctx, statement, texts, wanted)
    else if (main) await saveTranslation(tx, ctx, statement, { before, main }, wanted)
    const detail = { language: wanted.text.language, reviewed: wanted.isReviewed }
    await record(tx, ctx, { actor, action: 'text saved', subject: slug, detail })
    return 'saved'
  })
}

async function saveAuthoritative(
  tx: Db,
  ctx: Needs,
  statement: Statement,
  texts: WorkingText[],
  wanted: TextWanted,
): Promise<void> {
  await rememberSources(tx, ctx, statement, texts)
  if (statusAt(statement, ctx.clock.now()) === 'draft') {
    await changeText(tx, ctx, statement, wanted.text, newestMeaning(statement))
    return dropWorking(tx, statement.id, wanted.text.language)
  }
  if (isPublic(statement, wanted.text)) await dropWorking(tx, statement.id, wanted.text.language)
  else await writeWorking(tx, rowOf(ctx, statement, wanted, null))
}

function isPublic({ versions }: Statement, text: LanguageVersion): boolean {
  const present = versions.find(({ language }) => language === text.language)
  return present !== undefined && textMark(present) === textMark(text)
}

/** What came from files is translated from the text that stands there until now. */
async function rememberSources(
  tx: Db,
  ctx: Needs,
  statement: Statement,
  texts: WorkingText[],
): Promise<void> {
  const main = texts.find(({ isAuthoritative }) => isAuthoritative)
  if (!main) return
  for (const { language, title, summary, body, state } of texts.filter(isWithoutSource)) {
    const row = { language, title, summary, body, state, source: sourceFrom(main) }
    const updated_at = ctx.clock.now().toISOString()
    await writeWorking(tx, { ...row, statement_id: statement.id, updated_at })
  }
}

const isWithoutSource = ({ isAuthoritative, source }: WorkingText) =>
  !isAuthoritative && source === null

async function saveTranslation(
  tx: Db,
  ctx: Needs,
  statement: Statement,
  { before, main }: { before: WorkingText | null; main: WorkingText },
  wanted: TextWanted,
): Promise<void> {
  const keepsSource = before?.isStale === true && !wanted.isUpToDate
  const source = keepsSource && before.source ? sourceFrom(before.source) : sourceFrom(main)
  const row = rowOf(ctx, statement, wanted, source)
  const isDone = isPublic(statement, wanted.text) && !isBehind(statement, wanted.text)
  await writeWorking(tx, isDone ? { ...row, state: 'published' } : row)
}

/** Of a translation that says what the authoritative text said before, the same words may stay right. */
function isBehind(statement: Statement, { language }: LanguageVersion): boolean {
  const present = statement.versions.find((each) => each.language === language)
  return present !== undefined && present.meaning < newestMeaning(statement)
}

function sourceFrom({ language, title, summary, body }: LanguageVersion): string {
  return JSON.stringify({ language, title, summary, body })
}

function rowOf(
  { clock }: Pick<Needs, 'clock'>,
  { id }: Statement,
  { text, isReviewed }: TextWanted,
  source: string | null,
) {
  const state = isReviewed ? ('reviewed' as const) : ('draft' as const)
  return { ...text, statement_id: id, state, source, updated_at: clock.now().toISOString() }
}
