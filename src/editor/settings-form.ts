// Untrusted input → the settings of a statement, or faults. Lists are rows of fields; an empty row is
// none, and the page always offers some more.
import type { Fields } from '../http/fields.ts'
import { settingsFrom } from '../statements/assemble-statement.ts'
import type { ChangeableSettings } from '../statements/change-settings.ts'
import { readAuthoritativeFields } from '../statements/read-fields.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { checkLine } from '../text/names.ts'
import { type EditorFault, explainFaults } from './field-faults.ts'
import { shownTime, typedTime, writtenTime } from './time-fields.ts'

export type SettingsValues = Record<string, string>

const convenorKeys = ['name', 'acronym', 'role', 'url'] as const
const addresseeKeys = ['name', 'office', 'body', 'country'] as const
const plain = ['kind', 'signers', 'visibility_default', 'review', 'dated', 'topics']
const others = ['discreet', 'origin_name', 'origin_url', 'protected_names']
const mostRows = 500

export function typedSettings(typed: Fields): SettingsValues {
  const given = [...plain, ...others].map((name) => [name, typed[name] ?? ''])
  return {
    ...(Object.fromEntries(given) as SettingsValues),
    ...rowValues('convenor', rowsOf('convenor', convenorKeys, typed)),
    ...rowValues('addressee', rowsOf('addressee', addresseeKeys, typed)),
    ...typedTime('closes', typed),
    ...typedTime('embargo', typed),
  }
}

type Row = Record<string, string>

/** The rows that are not empty, in their order; a role alone is nothing. */
function rowsOf(list: string, keys: readonly string[], typed: Fields): Row[] {
  const rows: Row[] = []
  for (let n = 0; n < mostRows && typed[`${list}_${n}_name`] !== undefined; n += 1) {
    const row = Object.fromEntries(
      keys.map((key) => [key, (typed[`${list}_${n}_${key}`] ?? '').trim()]),
    )
    if (Object.entries(row).some(([key, value]) => key !== 'role' && value !== '')) rows.push(row)
  }
  return rows
}

function rowValues(list: string, rows: Row[]): SettingsValues {
  return Object.fromEntries(
    rows.flatMap((row, n) =>
      Object.entries(row).map(([key, value]) => [`${list}_${n}_${key}`, value] as const),
    ),
  )
}

/** As many rows as are filled in. */
export function countRows(list: string, values: SettingsValues): number {
  return Object.keys(values).filter((name) => new RegExp(`^${list}_\\d+_name$`).test(name)).length
}

export function shownSettings(statement: Statement): SettingsValues {
  const { convenors, addressees, originallyPublished } = statement
  return {
    kind: statement.kind,
    signers: statement.signers,
    visibility_default: statement.visibilityDefault,
    review: statement.review,
    dated: statement.dated ?? '',
    topics: statement.topics.join('\n'),
    discreet: statement.discreet ? 'yes' : '',
    origin_name: originallyPublished?.name ?? '',
    origin_url: originallyPublished?.url ?? '',
    protected_names: statement.protectedNames.join('\n'),
    ...rowValues('convenor', asRows(convenors)),
    ...rowValues('addressee', asRows(addressees)),
    ...shownTime('closes', statement.closesAt),
    ...shownTime('embargo', statement.embargoUntil),
  }
}

function asRows(list: object[]): Row[] {
  return list.map((each) =>
    Object.fromEntries(Object.entries(each).map(([key, value]) => [key, String(value ?? '')])),
  )
}

type ReadSettings =
  { ok: true; settings: ChangeableSettings } | { ok: false; faults: EditorFault[] }

export function readSettings(values: SettingsValues, statement: Statement): ReadSettings {
  const raw = rawFrom(values, statement)
  const read = readAuthoritativeFields(raw)
  const protectedNames = linesOf(values['protected_names'])
  const areNames = protectedNames.every((name) => checkLine(name, 200).ok)
  const faults: EditorFault[] = [
    ...(read.ok ? [] : explainFaults(read.faults, raw)),
    ...(areNames ? [] : [{ field: 'protected_names', message: 'editor.fault.line' } as const]),
  ]
  if (!read.ok || faults.length > 0) return { ok: false, faults }
  const { opensAt: _, ...settings } = settingsFrom(read.fields)
  return { ok: true, settings: { ...settings, protectedNames } }
}

function rawFrom(values: SettingsValues, { slug, opensAt }: Statement): Record<string, unknown> {
  const given = (name: string) => (values[name] ?? '').trim() || undefined
  const origin = withoutEmpty({ name: values['origin_name'], url: values['origin_url'] })
  return withoutEmpty({
    slug,
    title: slug,
    authoritative: true,
    kind: given('kind'),
    convenors: readRows('convenor', convenorKeys, values),
    addressees: readRows('addressee', addresseeKeys, values),
    topics: linesOf(values['topics']),
    signers: given('signers'),
    visibility_default: given('visibility_default'),
    review: given('review'),
    discreet: values['discreet'] === 'yes',
    dated: given('dated'),
    originally_published: Object.keys(origin).length === 0 ? undefined : origin,
    opens_at: opensAt === null ? undefined : `${opensAt.instant.slice(0, -1)}Z UTC`,
    closes_at: writtenTime('closes', values),
    embargo_until: writtenTime('embargo', values),
  })
}

function readRows(list: string, keys: readonly string[], values: SettingsValues) {
  return rowsOf(list, keys, values).map((row) => {
    const { country = '' } = row
    return withoutEmpty(country === '' ? row : { ...row, country: country.toUpperCase() })
  })
}

function withoutEmpty(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).filter(
      ([, value]) => value !== '' && value !== undefined && value !== null,
    ),
  )
}

function linesOf(text = ''): string[] {
  return [...new Set(text.split(/\r?\n/).map((line) => line.trim()))].filter((line) => line !== '')
}
