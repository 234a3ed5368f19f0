// One page of the list, by the alphabet or by country, with the numbers that belong to it.
import type { Db } from '../db/schema.ts'
import { inSnapshot } from '../db/snapshot.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { collationOf } from '../text/collation.ts'
import { type Choice, choicesOf, type Filters, foundBy, noFilters } from './choices.ts'
import { endorserTypes } from './breakdown.ts'
import { type Counts, countsOf } from './counts.ts'
import type { Hit } from './find-store.ts'
import { type ListedCell, readListed } from './listed-store.ts'
import { idsOf, type Part } from './page-store.ts'
import { search } from './search.ts'
import { listByIds, type ListFilters, type SignatoryRow } from './signatory-store.ts'

export interface ListPage {
  counts: Counts
  cells: ListedCell[]
  /** whether the cells count what was searched for: too many to count, and they count the whole list */
  areCounted: boolean
  /** how many entries the filters let through, on all pages */
  total: number
  /** more were found than are shown */
  isCut: boolean
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

/** What the filters and the search let through. */
interface Through extends Omit<ListPage, 'counts' | 'groups'> {
  /** how many in each country */
  countries: Choice[]
  /** @returns the ids of their endorsements; country null: all of them */
  read: (country: string | null, part: Part) => Promise<string[]>
}

/** All of one instant. */
export async function readListPage(
  db: Db,
  statement: Statement,
  wanted: Wanted,
): Promise<ListPage> {
  return inSnapshot(db, async (tx) => {
    const counts = await countsOf(tx, statement)
    const listed = await readListed(tx, statement.id)
    const { read, countries, ...through } = await letThrough(tx, statement, wanted, listed)
    const groups: Group[] = []
    for (const { country, ...part } of partsOf(
      groupsOf(countries, through.total, wanted),
      wanted,
    )) {
      const ids = await read(country?.value ?? null, part)
      groups.push({ country, rows: await listByIds(tx, ids) })
    }
    return { counts, ...through, groups }
  })
}

async function letThrough(
  tx: Db,
  { id: statementId }: Statement,
  { language, filters: { q, ...filters } }: Wanted,
  listed: ListedCell[],
): Promise<Through> {
  const collation = collationOf(language)
  if (q === null) return filtered(tx, { statementId, collation, filters }, listed)
  const { hits, cells, isCut } = await search(tx, { statementId, collation, filters, q }, listed)
  const ofCountry = (country: string | null) =>
    country === null ? hits : hits.filter((hit) => hit.country === country)
  return {
    cells: cells ?? listed,
    areCounted: cells !== null,
    total: hits.length,
    isCut,
    countries: countriesOf(hits),
    read: async (country, { limit, offset }) =>
      ofCountry(country)
        .slice(offset, offset + limit)
        .map((hit) => hit.endorsement_id),
  }
}

function filtered(
  tx: Db,
  { filters, ...order }: { statementId: string; collation: string; filters: Filters },
  cells: ListedCell[],
): Through {
  return {
    cells,
    areCounted: true,
    total: foundBy(cells, filters),
    isCut: false,
    countries: choicesOf(cells, filters, 'country').filter(
      ({ value }) => filters.country === null || filters.country === value,
    ),
    read: async (only, part) => {
      const country = only ?? filters.country
      const ids: string[] = []
      // one type after the other: the first individual of a country may stand behind all organisations
      for (const each of partsOf(typesOf(cells, { ...filters, country }), part)) {
        ids.push(...(await idsOf(tx, { ...order, ...each }, each)))
      }
      return ids
    },
  }
}

/** What the filters let through of each type, in the order of the list. */
function typesOf(cells: ListedCell[], filters: Filters) {
  const inCountry = foundBy(cells, { ...noFilters, country: filters.country })
  return endorserTypes
    .filter((type) => filters.type === null || filters.type === type)
    .map((type) => {
      const exact = { ...filters, type }
      const ofType = foundBy(cells, { ...noFilters, type })
      return { filters: exact, n: foundBy(cells, exact), ofType, inCountry }
    })
}

function countriesOf(hits: Hit[]): Choice[] {
  const byCountry = Map.groupBy(hits, (hit) => hit.country)
  return [...byCountry].map(([value, there]) => ({ value, n: there.length }))
}

/** What of each group is in a part of all. */
function partsOf<Each extends { n: number }>(groups: Each[], { limit, offset }: Part) {
  let before = 0
  return groups.flatMap((group) => {
    const from = Math.max(0, offset - before)
    const length = Math.min(group.n, offset + limit - before) - from
    before += group.n
    return length > 0 ? [{ ...group, offset: from, limit: length }] : []
  })
}

function groupsOf(
  countries: Choice[],
  total: number,
  { countryOrder }: Wanted,
): { country: Choice | null; n: number }[] {
  if (countryOrder === null) return [{ country: null, n: total }]
  return countries
    .toSorted((a, b) => countryOrder(a.value, b.value))
    .map((country) => ({ country, n: country.n }))
}
