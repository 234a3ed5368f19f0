// The files of an edition. Each further format is one more line here: text goes in, and the same
// entries always give the same bytes.
import { csvOf, type Entry, jsonOf, numbersOf } from '../signatories/files.ts'
import type { Edition } from './edition.ts'

export interface EditionDocument {
  edition: Edition
  language: string
  countryName: (code: string) => string
  /** names that were taken out since it was made */
  removed: number
  /** where it is kept for good */
  url: string
  entries: AsyncIterable<Entry[]>
}

export interface EditionFormat {
  /** the end of its address and of its name */
  name: string
  type: string
  make(document: EditionDocument): AsyncIterable<string | Uint8Array>
}

export const editionFormats: readonly EditionFormat[] = [
  {
    name: 'csv',
    type: 'text/csv; charset=utf-8',
    make: ({ entries, countryName }) => csvOf(entries, countryName),
  },
  {
    name: 'json',
    type: 'application/json; charset=utf-8',
    make: (document) => jsonOf(headOf(document), document.entries, document.countryName),
  },
]

function headOf({ edition, language, removed, url }: EditionDocument) {
  const { number, reason, madeAt } = edition
  return {
    statement: edition.heads[language],
    edition: { number, reason, made_at: madeAt, url, removed_since: removed },
    ...numbersOf(edition.counts),
  }
}
