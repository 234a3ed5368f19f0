// What every format of the signatory list is made from, so that all of them tell the same.
import type { Context } from '../context.ts'
import { formatsOf } from '../languages/formats.ts'
import type { Lang } from '../http/page.ts'
import { pathsUnder } from '../paths.ts'
import type { Counts } from '../signatories/counts.ts'
import { aboutOf, type CountryName, type Entry, type Head } from '../signatories/files.ts'
import { filtersFrom, openList, type TypedFilters } from '../signatories/list.ts'
import { inLanguage, type Statement, versionFor } from '../statements/stored-statement.ts'

/** The edition that a document is. */
export interface Issued {
  number: number
  reason: string
  madeAt: string
  /** names that were taken out since */
  removed: number
}

export interface ListDocument {
  /** what is said about the statement */
  head: Head
  title: Lang
  /** of the words around the names */
  language: string
  /** what was chosen from the list, as typed */
  filters: TypedFilters
  /** of the whole statement, as of `counts.asOf` (product.md R1) */
  counts: Counts
  /** null: the list as it is now */
  edition: Issued | null
  /** where the list is found */
  url: string
  /** organisations, then individuals, in the order of the language; can be read once */
  rows: AsyncIterable<Entry[]>
}

interface Wanted {
  statement: Statement
  language: string
  filters: TypedFilters
}

export async function listDocument(
  { db, clock, config }: Pick<Context, 'db' | 'clock' | 'config'>,
  { statement, language, filters }: Wanted,
): Promise<ListDocument> {
  const { counts, rows } = await openList(db, statement, language, filtersFrom(filters))
  const text = versionFor(statement, language)
  const prefix = language === config.defaultLanguage ? '' : `/${language}`
  return {
    head: aboutOf(statement, language, clock.now()),
    title: inLanguage(text.title, text.language),
    language,
    filters,
    counts,
    edition: null,
    url: pathsUnder(config.baseUrl, prefix).signatories(statement.slug, { ...filters }),
    rows,
  }
}

export function countryNameIn(language: string): CountryName {
  const format = formatsOf(language)
  return (code) => format.country(code)
}
