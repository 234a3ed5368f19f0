// The only SQL about which entries stand on a page of the list, however long it is: read from one index,
// from the end that is nearer.
import type { Db } from '../db/schema.ts'
import type { EndorserType } from '../endorsements/endorsement.ts'
import type { ListFilters } from './signatory-store.ts'

/** The entries of a type that filters let through, in the order of a collation. */
export interface Stretch {
  statementId: string
  collation: string
  filters: Omit<ListFilters, 'q' | 'type'> & { type: EndorserType }
  /** how many there are */
  n: number
  /** how many entries the list has of that type, and of that country, whatever else is filtered */
  ofType: number
  inCountry: number
}

export interface Part {
  limit: number
  offset: number
}

/** Looking up an entry of a country and sorting it takes as long as passing by so many in the order of all. */
const asLong = 50

/** @returns the ids of their endorsements */
export async function idsOf(db: Db, stretch: Stretch, part: Part): Promise<string[]> {
  const { filters, n, ofType, inCountry } = stretch
  const { limit, offset: before } = part
  const behind = n - before - limit
  const passed = (ofType / n) * (Math.min(before, behind) + limit)
  if (filters.country !== null && inCountry * asLong < passed) {
    return fewIds(db, stretch, filters.country, part)
  }
  if (before <= behind) return idsFrom(db, stretch, 'asc', part)
  return (await idsFrom(db, stretch, 'desc', { limit, offset: behind })).toReversed()
}

async function idsFrom(
  db: Db,
  { statementId, collation, filters }: Stretch,
  direction: 'asc' | 'desc',
  { limit, offset }: Part,
): Promise<string[]> {
  const { type, country, verification, language } = filters
  const rows = await db
    .selectFrom('signatory_order')
    .select('endorsement_id')
    .where('statement_id', '=', statementId)
    .where('collation', '=', collation)
    .where('sort_key', ...keysOf(type))
    .$if(country !== null, (query) => query.where('country', '=', country ?? ''))
    .$if(language !== null, (query) => query.where('language', '=', language ?? ''))
    .$if(verification !== null, (query) =>
      query.where('verification', '=', verification ?? 'email'),
    )
    .orderBy('sort_key', direction)
    .orderBy('endorsement_id', direction)
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(({ endorsement_id }) => endorsement_id)
}

/** The keys of organisations begin with 0, those of individuals with 1 (order.ts). */
function keysOf(type: EndorserType): ['<' | '>=', '1'] {
  return [type === 'organisation' ? '<' : '>=', '1']
}

async function fewIds(
  db: Db,
  { statementId, collation, filters }: Stretch,
  country: string,
  { limit, offset }: Part,
): Promise<string[]> {
  const { type, verification, language } = filters
  const rows = await db
    .selectFrom('signatories as s')
    .innerJoin('signatory_order as o', (join) =>
      join.onRef('o.endorsement_id', '=', 's.endorsement_id').on('o.collation', '=', collation),
    )
    .select('o.endorsement_id')
    .where('s.statement_id', '=', statementId)
    .where('s.country', '=', country)
    .where('s.type', '=', type)
    .$if(language !== null, (query) => query.where('s.language', '=', language ?? ''))
    .$if(verification !== null, (query) =>
      query.where('s.verification', '=', verification ?? 'email'),
    )
    .orderBy('o.sort_key')
    .orderBy('o.endorsement_id')
    .limit(limit)
    .offset(offset)
    .execute()
  return rows.map(({ endorsement_id }) => endorsement_id)
}
