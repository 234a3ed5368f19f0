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
import { partsOf, readInstant } from './parts.ts'
import { firstSignatories, type ListFilters, type SignatoryRow } from './signatory-store.ts'

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
  /** in parts, read as they are asked for; as much of one instant as parts.ts says */
  rows: AsyncGenerator<SignatoryRow[]>
}

/** The list in the order of a language. */
export async function openList(
  db: Db,
  statement: Statement,
  language: string,
  filters: ListFilters,
): Promise<WholeList> {
  const wanted = { statementId: statement.id, collation: collationOf(language), filters }
  return inSnapshot(db, async (tx) => {
    const counts = await countsOf(tx, statement)
    const atInstant = await readInstant(tx, wanted)
    return { counts, rows: partsOf(db, wanted, atInstant) }
  })
}

export const firstNamed = firstSignatories
