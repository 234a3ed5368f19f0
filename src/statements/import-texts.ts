// The texts of an imported statement: which are new, which have changed, and, once somebody stands
// behind them, as what they may change (product.md C-7).
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { makeCurrent } from './change-text.ts'
import type { LanguageVersion, StatementFile } from './statement.ts'
import { textHash } from './statement-text.ts'
import { newestMeaning, type Statement, type TextVersion } from './stored-statement.ts'
import { askAgain, noteChange } from './text-changes.ts'
import { findMeaning, isFrozen } from './text-store.ts'

/** What a frozen text is changed as, and what is said about it in public. */
export interface FrozenChange {
  kind: 'correction' | 'new-text'
  reason: string
}

/**
 * `frozen`: people stand behind these texts, and nobody said as what they change · `nothing-new`:
 * only the authoritative text can become a new text, and translations only follow it
 */
export interface RefusedTexts {
  outcome: 'frozen' | 'nothing-new'
  languages: string[]
}

export interface PlannedText {
  version: LanguageVersion
  /** see TextVersion */
  meaning: number
  /** people stand behind the text that it takes the place of */
  change: { before: TextVersion; reason: string; isAsking: boolean; follows: boolean } | null
}

type Plan = { outcome: 'planned'; texts: PlannedText[] } | RefusedTexts

export const firstText = (version: LanguageVersion): PlannedText => ({
  version,
  meaning: 1,
  change: null,
})

/** @param before the statement, locked by the caller's transaction; null for a new one */
export async function planTexts(
  tx: Db,
  file: StatementFile,
  before: Statement | null,
  change: FrozenChange | null,
): Promise<Plan> {
  if (before === null) return { outcome: 'planned', texts: file.versions.map(firstText) }
  const changed = file.versions.flatMap((version) => {
    const known = before.versions.find(({ language }) => language === version.language)
    return known?.hash === textHash(version) ? [] : [{ version, known }]
  })
  const present = changed.flatMap(({ known }) => known ?? [])
  const isFree = present.length === 0 || !(await isFrozen(tx, before.id))
  const languages = present.map(({ language }) => language)
  if (!isFree && change === null) return { outcome: 'frozen', languages }
  const isNew = !isFree && change?.kind === 'new-text'
  const newest = newestMeaning(before) + (isNew && languages.includes(before.authoritative) ? 1 : 0)
  if (isNew && present.some(({ meaning }) => meaning >= newest)) {
    return { outcome: 'nothing-new', languages }
  }
  const texts: PlannedText[] = []
  for (const { version, known } of changed) {
    const meaning = isNew ? newest : (known?.meaning ?? (await meaningOf(tx, before, version)))
    const noted = isFree || !known || !change ? null : noteOf(before, known, meaning, change)
    texts.push({ version, meaning, change: noted })
  }
  return { outcome: 'planned', texts }
}

/** What was public before, in a language that had been left out, says what it said then. */
async function meaningOf(tx: Db, statement: Statement, version: LanguageVersion): Promise<number> {
  const { language } = version
  const text = { statementId: statement.id, language, hash: textHash(version) }
  return (await findMeaning(tx, text)) ?? newestMeaning(statement)
}

function noteOf(
  statement: Statement,
  before: TextVersion,
  meaning: number,
  { reason }: FrozenChange,
): PlannedText['change'] {
  const isAuthoritative = before.language === statement.authoritative
  const isNewText = meaning > before.meaning
  return {
    before,
    reason,
    isAsking: isNewText && isAuthoritative,
    follows: isNewText && !isAuthoritative,
  }
}

export interface ChangedTexts {
  /** new text versions */
  numbers: { language: string; number: number }[]
  /** languages that had been left out, with the text they had then */
  shownAgain: string[]
}

export async function writeTexts(
  tx: Db,
  ctx: Pick<Context, 'clock' | 'random'>,
  statementId: string,
  texts: PlannedText[],
): Promise<ChangedTexts> {
  const changed: ChangedTexts = { numbers: [], shownAgain: [] }
  for (const { version, meaning, change } of texts) {
    const { language } = version
    const { id: to, number } = await makeCurrent(tx, ctx, statementId, version, meaning)
    if (number === null) changed.shownAgain.push(language)
    else changed.numbers.push({ language, number })
    if (change === null) continue
    const { before, reason, isAsking, follows } = change
    await noteChange(tx, ctx, { statementId, from: before.id, to, reason, isAsking })
    if (follows) await askAgain(tx, statementId)
  }
  return changed
}
