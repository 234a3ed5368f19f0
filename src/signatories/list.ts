// Reading the public list, for pages and files.
import type { Db } from '../db/schema.ts'
import { collationOf } from '../text/collation.ts'
import { foldForSearch } from '../text/fold.ts'
import {
  countSignatories,
  firstSignatories,
  listedCountries,
  type ListFilters,
  listSignatories,
  readInChunks,
  type SignatoryRow,
} from './signatory-store.ts'

export interface TypedFilters {
  q: string
  type: string
  country: string
}

/** What a visitor typed into the filters; what makes no sense filters nothing. */
export function filtersFrom({ q, type, country }: TypedFilters): ListFilters {
  return {
    q: foldForSearch(q) || null,
    type: type === 'organisation' || type === 'individual' ? type : null,
    country: country || null,
  }
}

export async function listPage(
  db: Db,
  statementId: string,
  language: string,
  filters: ListFilters,
  page: { limit: number; offset: number },
): Promise<{ rows: SignatoryRow[]; total: number }> {
  const collation = collationOf(language)
  const total = await countSignatories(db, statementId, collation, filters)
  const rows =
    page.offset < total ? await listSignatories(db, statementId, collation, filters, page) : []
  return { rows, total }
}

export function streamList(
  db: Db,
  statementId: string,
  language: string,
  filters: ListFilters,
): AsyncGenerator<SignatoryRow[]> {
  return readInChunks(db, statementId, collationOf(language), filters)
}

export const firstNamed = firstSignatories
export const countriesNamed = listedCountries
