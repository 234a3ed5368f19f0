// The list as files, line by line, so that memory stays constant (product.md §4, W-4).
import type { Statement } from '../statements/stored-statement.ts'
import { statusAt, versionFor } from '../statements/stored-statement.ts'
import { CSV_BOM, csvLine } from '../text/csv.ts'
import type { Counts } from './counts.ts'
import type { SignatoryRow } from './signatory-store.ts'

/** What the files tell of one entry. */
export type Entry = Omit<
  SignatoryRow,
  'endorsement_id' | 'statement_id' | 'search_text' | 'first_place'
>
type Rows = AsyncIterable<Entry[]>
export type CountryName = (code: string) => string

const columns = [
  'number',
  'type',
  'name',
  'acronym',
  'affiliation',
  'role',
  'country',
  'country_name',
  'verification',
  'confirmed_on',
  'language',
  'late',
] as const
type Column = (typeof columns)[number]

/** In the order of the columns. */
function entryOf(
  row: Entry,
  countryName: CountryName,
): Record<Column, string | number | boolean | null> {
  return {
    number: row.number,
    type: row.type,
    name: row.name,
    acronym: row.acronym,
    affiliation: row.affiliation,
    role: row.role,
    country: row.country,
    country_name: countryName(row.country),
    verification: row.verification,
    confirmed_on: row.confirmed_on,
    language: row.language,
    late: row.late === 1,
  }
}

/** RFC 4180, UTF-8 with a byte order mark. */
export async function* csvOf(all: Rows, countryName: CountryName): AsyncGenerator<string> {
  yield CSV_BOM + csvLine([...columns])
  for await (const rows of all) {
    yield rows.map((row) => csvLine(Object.values(entryOf(row, countryName)))).join('')
  }
}

/** @param head what stands before the entries */
export async function* jsonOf(
  head: object,
  all: Rows,
  countryName: CountryName,
): AsyncGenerator<string> {
  yield `${JSON.stringify(head).slice(0, -1)},"signatories":[`
  let separator = '\n'
  for await (const rows of all) {
    yield separator + rows.map((row) => JSON.stringify(entryOf(row, countryName))).join(',\n')
    separator = ',\n'
  }
  yield '\n]}\n'
}

/** What a file says about its statement. */
export function aboutOf(statement: Statement, language: string, now: Date) {
  const text = versionFor(statement, language)
  return {
    slug: statement.slug,
    kind: statement.kind,
    title: text.title,
    language: text.language,
    text_version: text.number,
    sha256: text.hash,
    status: statusAt(statement, now),
    closes_at: statement.closesAt?.instant ?? null,
    dated: statement.dated,
  }
}

export type Head = ReturnType<typeof aboutOf>

export function numbersOf({ asOf, ...numbers }: Counts) {
  return { counts: numbers, as_of: asOf }
}
