// One page of the list, by the alphabet or by country, with the numbers that belong to it.
import type { Db } from '../db/schema.ts'
import { inSnapshot } from '../db/snapshot.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { collationOf } from '../text/collation.ts'
import { type Choice, choicesOf, foundBy } from './choices.ts'
import { type Counts, countsOf } from './counts.ts'
import {
  countListed,
  type ListedCell,
  type ListFilters,
  listSignatories,
  type SignatoryRow,
} from './signatory-store.ts'

export interface ListPage {
  counts: Counts
  cells: ListedCell[]
  /** how many entries the filters let through, on all pages */
  total: number
  groups: Group[]
}

/** `country` is null where the list is not grouped. */
export interface Group {
  country: Choice | null
  rows: SignatoryRow[]
}

interface Wanted {
  language: string
  filters: ListFilters
  limit: number
  offset: number
  /** in which order countries come; null: by the alphabet only */
  countryOrder: ((a: string, b: string) => number) | null
}

/** All of one instant. */
export async function readListPage(
  db: Db,
  statement: Statement,
  wanted: Wanted,
): Promise<ListPage> {
  return inSnapshot(db, async (tx) => {
    const counts = await countsOf(tx, statement)
    const cells = await countListed(tx, statement.id, wanted.filters.q)
    const total = foundBy(cells, wanted.filters)
    const groups: Group[] = []
    for (const { country, ...part } of partsOf(cells, total, wanted)) {
      const only = country === null ? {} : { country: country.value }
      const filters = { ...wanted.filters, ...only }
      const collation = collationOf(wanted.language)
      const rows = await listSignatories(tx, statement.id, collation, filters, part)
      groups.push({ country, rows })
    }
    return { counts, cells, total, groups }
  })
}

/** What of each group stands on this page. */
function partsOf(cells: ListedCell[], total: number, wanted: Wanted) {
  let before = 0
  return groupsOf(cells, total, wanted).flatMap(({ country, n }) => {
    const offset = Math.max(0, wanted.offset - before)
    const limit = Math.min(n, wanted.offset + wanted.limit - before) - offset
    before += n
    return limit > 0 ? [{ country, offset, limit }] : []
  })
}

function groupsOf(cells: ListedCell[], total: number, { filters, countryOrder }: Wanted) {
  if (countryOrder === null) return [{ country: null, n: total }]
  return choicesOf(cells, filters, 'country')
    .filter(({ value }) => filters.country === null || filters.country === value)
    .sort((a, b) => countryOrder(a.value, b.value))
    .map((country) => ({ country, n: country.n }))
}
