// Use case: an endorser stands behind the new text of a statement. Who does not answer stays with the
// text they endorsed (product.md C-7).
import { createHash } from 'node:crypto'
import { readLink } from '../confirmations/links.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { translator } from '../languages/languages.ts'
import { noteOtherText } from '../signatories/publish.ts'
import { findStatementById, findTextAt, findTextVersion } from '../statements/find-statement.ts'
import { newestMeaning, type Statement, type TextVersion } from '../statements/stored-statement.ts'
import { textChangesOf } from '../statements/text-changes.ts'
import { toTheMinute } from '../text/minutes.ts'
import type { Endorsement, EndorserType } from './endorsement.ts'
import { changeIfUnchanged, findEndorsement, keepAgreedTexts } from './endorsement-store.ts'
import { recordReconfirmation } from './reconfirm-store.ts'

/** The endorsement that the link in a mail leads to; `superseded`: there is a newer link. */
export async function findAsked(
  ctx: Context,
  token: string,
): Promise<Endorsement | 'superseded' | null> {
  const link = await readLink(ctx.db, ctx, 'reconfirm', token)
  if (link.state === 'superseded') return 'superseded'
  return link.state === 'live' ? findEndorsement(ctx.db, ctx.vault, link.endorsementId) : null
}

/** Somebody stands behind an earlier text than the statement has now. */
export interface Question {
  endorsed: TextVersion
  /** what the new text is to be compared with: in its language, what was endorsed or said the same */
  before: TextVersion | null
  after: TextVersion
  /** what coordinators say that has changed since */
  reasons: string[]
}

/** null when there is nothing to ask */
export async function questionFor(
  db: Db,
  statement: Statement,
  own: Endorsement,
): Promise<Question | null> {
  const endorsed = await findTextVersion(db, own.textVersionId)
  const newest = newestMeaning(statement)
  const isEndorsing = ['confirmed', 'held', 'suspect'].includes(own.state)
  if (!endorsed || !isEndorsing || endorsed.meaning >= newest) return null
  const after = newTextFor(statement, [endorsed.language, own.language, statement.authoritative])
  if (!after) return null
  const { language } = after
  const { meaning } = endorsed
  const before =
    language === endorsed.language
      ? endorsed
      : await findTextAt(db, { statementId: statement.id, language, meaning })
  return { endorsed, before, after, reasons: await reasonsSince(db, statement, meaning) }
}

/** In the first of these languages in which the statement says what it says now. */
function newTextFor(statement: Statement, languages: string[]): TextVersion | undefined {
  const newest = statement.versions.filter(({ meaning }) => meaning === newestMeaning(statement))
  return languages
    .map((language) => newest.find((version) => version.language === language))
    .find((version) => version !== undefined)
}

async function reasonsSince(db: Db, statement: Statement, meaning: number): Promise<string[]> {
  const changes = await textChangesOf(db, statement)
  return changes
    .filter(({ isNewText, after }) => isNewText && after.meaning > meaning)
    .map(({ reason }) => reason)
    .filter((reason) => reason !== '')
    .toReversed()
}

/** `changed`: it is not the text that was shown any more · `over`: there was nothing (more) to ask */
export type Reconfirmed = 'reconfirmed' | 'changed' | 'over'

/**
 * Of several presses at once one counts. What was agreed to is kept as evidence (product.md P-5).
 * @param shown the hash of the text that was shown
 */
export async function reconfirm(
  ctx: Context,
  own: Endorsement,
  { shown, language, method }: { shown: string; language: string; method: string },
): Promise<Reconfirmed> {
  for (let current: Endorsement | null = own; current !== null;) {
    const statement = await findStatementById(ctx.db, current.statementId)
    const question = statement && (await questionFor(ctx.db, statement, current))
    if (!question) return 'over'
    if (question.after.hash !== shown) return 'changed'
    if (await standBehind(ctx, current, question, { language, method })) return 'reconfirmed'
    // changed meanwhile, perhaps by the same button: read again
    current = await findEndorsement(ctx.db, ctx.vault, own.id)
  }
  return 'over'
}

async function standBehind(
  { db, clock }: Context,
  own: Endorsement,
  { endorsed, after }: Question,
  said: { language: string; method: string },
): Promise<boolean> {
  const labels = agreedTo(own.type, said.language)
  return db.transaction().execute(async (tx) => {
    if (!(await changeIfUnchanged(tx, own, { text_version_id: after.id }))) return false
    await noteOtherText(tx, own)
    await keepAgreedTexts(tx, [labels])
    await recordReconfirmation(tx, {
      endorsement_id: own.id,
      text_version_id: after.id,
      previous_id: endorsed.id,
      labels_hash: labels.hash,
      given_at: toTheMinute(clock.now()),
      ...said,
    })
    return true
  })
}

function agreedTo(type: EndorserType, language: string): { hash: string; content: string } {
  const t = translator(language)
  const explained = t(`reconfirm.explained.${type}`)
  const content = JSON.stringify([explained, t('reconfirm.button')])
  return { hash: createHash('sha256').update(content).digest('hex'), content }
}
