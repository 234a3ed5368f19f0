// The language versions as the desk sees them: what is public, and what is being written. Pure.
import type { LanguageVersion } from '../statements/statement.ts'
import { newestMeaning, type Statement } from '../statements/stored-statement.ts'
import { markOf } from '../text/mark.ts'
import type { WorkingState } from './tables.ts'

export interface WorkingText extends LanguageVersion {
  state: WorkingState
  /** the authoritative text that it was translated from; null when nobody knows */
  source: LanguageVersion | null
  isAuthoritative: boolean
  /** the authoritative text has changed since */
  isStale: boolean
  /** names this text as somebody saw it */
  mark: string
}

export interface WorkingRecord extends LanguageVersion {
  state: WorkingState
  source: string | null
}

/** The authoritative one first. */
export function workingTexts(statement: Statement, records: WorkingRecord[]): WorkingText[] {
  const published = statement.versions.map(({ language }) => language)
  const begun = records.filter(({ state }) => state !== 'published').map((each) => each.language)
  const others = [...new Set([...published, ...begun])].filter(
    (language) => language !== statement.authoritative,
  )
  const authoritative = textIn(statement, records, statement.authoritative)
  return [statement.authoritative, ...others.toSorted()].flatMap((language) => {
    const text = textIn(statement, records, language)
    return text ? [{ ...text, ...standing(text, authoritative, statement) }] : []
  })
}

function textIn(statement: Statement, records: WorkingRecord[], language: string) {
  const record = records.find((each) => each.language === language)
  const published = statement.versions.find((each) => each.language === language)
  const text = record && record.state !== 'published' ? record : published
  if (!text) return null
  const { title, summary, body } = text
  const state: WorkingState = text === record ? record.state : 'published'
  const source = record?.source ? (JSON.parse(record.source) as LanguageVersion) : null
  return { language, title, summary, body, state, source }
}

function standing(
  text: LanguageVersion & { source: LanguageVersion | null },
  authoritative: LanguageVersion | null,
  statement: Statement,
) {
  const isAuthoritative = text.language === statement.authoritative
  const isSame = (a: LanguageVersion, b: LanguageVersion) => textMark(a) === textMark(b)
  const { source } = text
  const isOld = source !== null && authoritative !== null && !isSame(source, authoritative)
  const isStale = !isAuthoritative && (source === null ? saysWhatWas(text, statement) : isOld)
  return { isAuthoritative, isStale, mark: textMark(text) }
}

/** It came from files, and an import of the others has said something new since. */
function saysWhatWas({ language }: LanguageVersion, statement: Statement): boolean {
  const published = statement.versions.find((each) => each.language === language)
  return published !== undefined && published.meaning < newestMeaning(statement)
}

export function textMark({ title, summary, body }: Omit<LanguageVersion, 'language'>): string {
  return markOf([title, summary, body])
}

/** Words as the language counts them. */
export function countWords(text: string, language: string): number {
  const segments = new Intl.Segmenter(language, { granularity: 'word' }).segment(text)
  return [...segments].filter(({ isWordLike }) => isWordLike === true).length
}
