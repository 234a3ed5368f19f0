// Use case: the list with what only coordinators may see (product.md §6, `--internal`): every state,
// withheld names, contacts. Of confidential ones it tells nothing but that they are there.
import type { Context } from '../context.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { CSV_BOM, type Cell, csvLine } from '../text/csv.ts'
import type { Details } from './endorsement.ts'
import { type InternalRow, readAll } from './internal-list-store.ts'

type Needs = Pick<Context, 'db' | 'vault' | 'clock'>

export interface InternalList {
  statement: Statement
  countryName: (code: string) => string
}

const columns = [
  'number',
  'type',
  'state',
  'visibility',
  'name',
  'acronym',
  'website',
  'organisation_kind',
  'affiliation',
  'role',
  'country',
  'country_name',
  'verification',
  'language',
  'contact_name',
  'contact_role',
  'email',
  'updates',
  'flags',
  'signed_at',
  'confirmed_at',
  'withdrawn_at',
] as const
type Column = (typeof columns)[number]
type Entry = Record<Column, Cell>

/** RFC 4180, UTF-8 with a byte order mark, guarded as the public list is (product.md W-4). */
export async function* internalCsv(ctx: Needs, list: InternalList): AsyncGenerator<string> {
  yield CSV_BOM + csvLine([...columns])
  for await (const rows of readAll(ctx.db, list.statement.id)) {
    const entries = rows.map((row) => entryOf(ctx, row, list))
    yield entries.map((entry) => csvLine(columns.map((column) => entry[column]))).join('')
  }
}

/** `{"statement":"slug","as_of":"…Z","endorsements":[…]}` */
export async function* internalJson(ctx: Needs, list: InternalList): AsyncGenerator<string> {
  const head = { statement: list.statement.slug, as_of: ctx.clock.now().toISOString() }
  yield `${JSON.stringify(head).slice(0, -1)},"endorsements":[`
  let separator = '\n'
  for await (const rows of readAll(ctx.db, list.statement.id)) {
    yield separator + rows.map((row) => JSON.stringify(entryOf(ctx, row, list))).join(',\n')
    separator = ',\n'
  }
  yield '\n]}\n'
}

const nothing = Object.fromEntries(columns.map((column) => [column, null])) as Entry

function entryOf(ctx: Needs, row: InternalRow, { countryName }: InternalList): Entry {
  const { type, state, visibility } = row
  const shown = { ...nothing, type, state, visibility }
  // country, language and minute could tell who it is; before confirming the name is not ours, either
  if (visibility === 'confidential') return shown
  return {
    ...shown,
    ...detailsOf(ctx, row),
    number: row.number,
    country: row.country,
    country_name: countryName(row.country),
    verification: row.verification,
    language: row.language,
    updates: row.updates === 1,
    flags: (JSON.parse(row.flags) as string[]).join(' '),
    signed_at: row.signed_at,
    confirmed_at: row.confirmed_at,
    withdrawn_at: row.withdrawn_at,
  }
}

/** Who has withdrawn is not written to any more, so contact data is left out. */
function detailsOf({ vault }: Needs, row: InternalRow): Partial<Entry> {
  if (row.details_sealed === '') return {}
  const { address_hash: bound, address_sealed: address } = row
  const details = JSON.parse(vault.open('details', bound, row.details_sealed)) as Details
  const { name, acronym, website, organisationKind, affiliation, role } = details
  const told = { name, acronym, website, organisation_kind: organisationKind, affiliation, role }
  if (row.state === 'withdrawn') return told
  return {
    ...told,
    contact_name: details.contactName,
    contact_role: details.contactRole,
    email: address === '' ? null : vault.open('address', bound, address),
  }
}
