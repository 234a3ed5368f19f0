// Reading the public list, for pages and files.
import type { Db } from '../db/schema.ts'
import { inSnapshot } from '../db/snapshot.ts'
import type { Verification } from '../endorsements/endorsement.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { isLanguage } from '../languages/languages.ts'
import { collationOf } from '../text/collation.ts'
import { isCountryCode } from '../text/countries.ts'
import { foldForSearch } from '../text/fold.ts'
import { type Counts, countsOf } from './counts.ts'
import {
  firstSignatories,
  listFrom,
  type ListFilters,
  type PlacedRow,
  type SignatoryRow,
} from './signatory-store.ts'

export type { ListFilters }

export interface TypedFilters {
  q: string
  type: string
  country: string
  verification: string
  language: string
}

/** All that can be filtered by, empty. */
export const noFilters = typedFilters(() => '')

export const verifications = [
  'email',
  'domain',
  'coordinator',
  'imported',
] as const satisfies Verification[]

/** @param typed what stands in the address under a name, '' when nothing does */
export function typedFilters(typed: (name: string) => string): TypedFilters {
  return {
    q: typed('q'),
    type: typed('type'),
    country: typed('country'),
    verification: typed('verification'),
    language: typed('language'),
  }
}

/** What a visitor typed into the filters; what makes no sense filters nothing. */
export function filtersFrom({ q, type, country, verification, language }: TypedFilters) {
  return {
    q: foldForSearch(q) || null,
    type: type === 'organisation' || type === 'individual' ? type : null,
    country: isPlace(country) ? country : null,
    verification: verifications.find((known) => known === verification) ?? null,
    language: isLanguage(language) ? language : null,
  } satisfies ListFilters
}

const otherPlaces = new Set(['regional', 'international', 'undisclosed'])
const isPlace = (text: string) => isCountryCode(text) || otherPlaces.has(text)

export interface WholeList {
  /** of the whole statement, whatever is filtered */
  counts: Counts
  /** in parts, read as they are asked for, so that memory stays constant */
  rows: AsyncGenerator<SignatoryRow[]>
}

// so many entries belong exactly to the counts; of longer lists the rest is read as it is by then
const atOneInstant = 500
const partSize = 250

/** The list in the order of a language. */
export async function openList(
  db: Db,
  statement: Statement,
  language: string,
  filters: ListFilters,
): Promise<WholeList> {
  const collation = collationOf(language)
  const read = (from: Db, after: PlacedRow | null, size: number) =>
    listFrom(from, statement.id, collation, filters, after, size)
  const { counts, first } = await inSnapshot(db, async (tx) => ({
    counts: await countsOf(tx, statement),
    first: await read(tx, null, atOneInstant),
  }))
  const next = (last: PlacedRow) => read(db, last, partSize)
  return { counts, rows: partsFrom(first, next) }
}

async function* partsFrom(first: PlacedRow[], next: (last: PlacedRow) => Promise<PlacedRow[]>) {
  let last = first.length < atOneInstant ? undefined : first.at(-1)
  // what was handed over is not kept for a slow reader
  while (first.length > 0) yield first.splice(0, partSize)
  while (last !== undefined) {
    const rows = await next(last)
    if (rows.length > 0) yield rows
    last = rows.length < partSize ? undefined : rows.at(-1)
  }
}

export const firstNamed = firstSignatories
