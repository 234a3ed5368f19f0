// One row of a sheet becomes a sign-on, by the rules of the form, or tells what is wrong with it.
import {
  type BroughtSignOn,
  type FormFault,
  readBrought,
  type ReadForm,
} from '../endorsements/endorsement-form.ts'
import { isLanguage } from '../languages/languages.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { recogniseCountry } from '../text/country-names.ts'
import { isNothing, isYes, readTypeWords, readVisibilityWords } from './cell-words.ts'
import type { Field, Mapping } from './columns.ts'
import type { SheetRow } from './sheet.ts'

export interface RowRules {
  statement: Statement
  mapping: Mapping
  /** a coordinator confirms it: somebody without a mailbox can be brought, too */
  isConfirmed: boolean
  /** of rows that do not say it */
  language: string
}

export type RowValues = Partial<Record<Field, string>>
export type ReadRow = ReadForm<{ signOn: BroughtSignOn; language: string }> & { values: RowValues }
/** `refused`: its owner said that they did not sign, so no coordinator confirms it either */
export type RowFault = FormFault | { field: 'email'; reason: 'refused' }

export function readRow({ cells }: SheetRow, rules: RowRules): ReadRow {
  const values = valuesOf(cells, rules.mapping)
  const type = values.type === undefined ? rules.mapping.type : readTypeWords(values.type)
  const body = { ...values, ...understood(values, type), type }
  const read = readBrought(body, rules.statement, !rules.isConfirmed)
  const said = (values.language ?? '').trim().toLowerCase().slice(0, 2)
  const language = isLanguage(said) ? said : rules.language
  return read.ok
    ? { ok: true, value: { signOn: read.value, language }, values }
    : { ...read, values }
}

/** The same columns as they are in the sheet; a column that is not there is no value. */
function valuesOf(cells: string[], { fields }: Mapping): RowValues {
  const values: RowValues = {}
  for (const [index, field] of fields.entries()) {
    if (field !== null) values[field] = cells[index] ?? ''
  }
  return values
}

const optional = [
  'acronym',
  'website',
  'affiliation',
  'role',
  'contact_name',
  'contact_role',
] as const

/** What the form would have as a choice, from what people write. */
function understood(values: RowValues, type: string): RowValues {
  const { country, visibility, updates, organisation_kind: kind } = values
  const empty = optional.filter((field) => isNothing(values[field] ?? ''))
  return {
    ...Object.fromEntries(empty.map((field) => [field, ''])),
    ...(country === undefined ? {} : { country: countryOf(country, type) }),
    ...(visibility === undefined ? {} : { visibility: readVisibilityWords(visibility) }),
    ...(updates === undefined ? {} : { updates: isYes(updates) ? 'yes' : '' }),
    ...(kind === undefined ? {} : { organisation_kind: kind.trim().toLowerCase() }),
  }
}

/** An individual may leave it out. */
function countryOf(cell: string, type: string): string {
  if (cell.trim() === '') return type === 'individual' ? 'undisclosed' : ''
  return recogniseCountry(cell) ?? cell
}
