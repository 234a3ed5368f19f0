// The list as files, line by line, so that memory stays constant (product.md §4, W-4).
import type { Db } from '../db/schema.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { statusAt, versionFor } from '../statements/stored-statement.ts'
import { CSV_BOM, csvLine } from '../text/csv.ts'
import { type Counts, countsOf } from './counts.ts'
import { streamList } from './list.ts'
import type { ListFilters, SignatoryRow } from './signatory-store.ts'

export interface ListFile {
  statement: Statement
  language: string
  countryName: (code: string) => string
  filters: ListFilters
  now: Date
}

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

function entryOf(
  row: SignatoryRow,
  file: ListFile,
): Record<Column, string | number | boolean | null> {
  return {
    number: row.number,
    type: row.type,
    name: row.name,
    acronym: row.acronym,
    affiliation: row.affiliation,
    role: row.role,
    country: row.country,
    country_name: file.countryName(row.country),
    verification: row.verification,
    confirmed_on: row.confirmed_on,
    language: row.language,
    late: row.late === 1,
  }
}

/** RFC 4180, UTF-8 with a byte order mark. */
export async function* csvFile(db: Db, file: ListFile): AsyncGenerator<string> {
  yield CSV_BOM + csvLine([...columns])
  for await (const rows of streamList(db, file.statement.id, file.language, file.filters)) {
    yield rows
      .map((row) => {
        const entry = entryOf(row, file)
        return csvLine(columns.map((column) => entry[column]))
      })
      .join('')
  }
}

/** `{"statement":{…},"counts":{…},"as_of":"…","signatories":[…]}`; the counts are those of the page. */
export async function* jsonFile(db: Db, file: ListFile): AsyncGenerator<string> {
  const counts = await countsOf(db, file.statement)
  const head = JSON.stringify(headOf(file, counts)).slice(0, -1)
  yield `${head},"signatories":[`
  let separator = '\n'
  for await (const rows of streamList(db, file.statement.id, file.language, file.filters)) {
    yield separator + rows.map((row) => JSON.stringify(entryOf(row, file))).join(',\n')
    separator = ',\n'
  }
  yield '\n]}\n'
}

function headOf({ statement, language, now }: ListFile, counts: Counts) {
  const text = versionFor(statement, language)
  const { asOf, ...numbers } = counts
  return {
    statement: {
      slug: statement.slug,
      kind: statement.kind,
      title: text.title,
      language: text.language,
      text_version: text.number,
      sha256: text.hash,
      status: statusAt(statement, now),
      closes_at: statement.closesAt?.instant ?? null,
    },
    counts: numbers,
    as_of: asOf,
  }
}
