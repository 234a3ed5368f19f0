// Looking for names. As many are found as somebody would look through; when there are more, the page says so.
import type { Db } from '../db/schema.ts'
import { noFilters } from './choices.ts'
import { findNames, type Hit, type Sought } from './find-store.ts'
import { filterNames, type ListedCell } from './listed-store.ts'

const mostFound = 1000

export interface Found {
  /** in the order of the list */
  hits: Hit[]
  /** how many with the name each filter lets through; null: too many to count */
  cells: ListedCell[] | null
  /** there are more */
  isCut: boolean
}

/** @param listed all entries of the list, by what they can be filtered by */
export async function search(db: Db, sought: Sought, listed: ListedCell[]): Promise<Found> {
  const all = await findNames(db, { ...sought, filters: noFilters }, mostFound + 1)
  if (all.length <= mostFound) {
    const hits = all.filter((hit) => passes(hit, sought))
    return { hits: hits.sort(byPlace), cells: cellsOf(all, listed), isCut: false }
  }
  const isFiltered = filterNames.some((name) => sought.filters[name] !== null)
  const hits = isFiltered ? await findNames(db, sought, mostFound + 1) : all
  const isCut = hits.length > mostFound
  return { hits: hits.slice(0, mostFound).sort(byPlace), cells: null, isCut }
}

function passes(hit: Hit, { filters }: Sought): boolean {
  return filterNames.every((name) => filters[name] === null || filters[name] === hit[name])
}

/** Also those that nobody with the name is in. */
function cellsOf(hits: Hit[], listed: ListedCell[]): ListedCell[] {
  const found = Map.groupBy(hits, keyOf)
  return listed.map((cell) => ({ ...cell, n: found.get(keyOf(cell))?.length ?? 0 }))
}

const keyOf = (cell: Omit<ListedCell, 'n'>) => filterNames.map((name) => cell[name]).join(' ')

function byPlace(a: Hit, b: Hit): number {
  if (a.sort_key !== b.sort_key) return a.sort_key < b.sort_key ? -1 : 1
  return a.endorsement_id < b.endorsement_id ? -1 : 1
}
