// The only SQL about the public list. It holds nothing that is not public.
import { type Insertable, type Selectable, sql } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { EndorserType } from '../endorsements/endorsement.ts'
import { likePattern } from '../text/like-pattern.ts'
import type { SignatoryTables } from './tables.ts'

export type SignatoryRow = Selectable<SignatoryTables['signatories']>

export interface ListFilters {
  /** folded search text */
  q: string | null
  type: EndorserType | null
  country: string | null
}

export async function writeSignatory(
  db: Db,
  row: Insertable<SignatoryTables['signatories']>,
): Promise<void> {
  const { endorsement_id: _, ...columns } = row
  await db
    .insertInto('signatories')
    .values(row)
    .onConflict((conflict) => conflict.column('endorsement_id').doUpdateSet(columns))
    .execute()
}

/** Of endorsements that were never listed. */
export async function insertSignatories(
  db: Db,
  rows: Insertable<SignatoryTables['signatories']>[],
): Promise<void> {
  if (rows.length > 0) await db.insertInto('signatories').values(rows).execute()
}

/**
 * Those whose endorsement is not listed any more, of one type, or (null) of both. Who shows their own
 * name in the same moment stays.
 */
export async function deleteUnlisted(
  db: Db,
  statementId: string,
  type: EndorserType | null,
): Promise<void> {
  await db
    .deleteFrom('signatories')
    .where('statement_id', '=', statementId)
    .where('endorsement_id', 'in', (eb) =>
      eb
        .selectFrom('endorsements')
        .select('id')
        .where('statement_id', '=', statementId)
        .where('visibility', '<>', 'listed'),
    )
    .$if(type !== null, (query) => query.where('type', '=', type as EndorserType))
    .execute()
}

export async function deleteSignatory(db: Db, endorsementId: string): Promise<void> {
  await db.deleteFrom('signatories').where('endorsement_id', '=', endorsementId).execute()
}

function ordered(db: Db, statementId: string, collation: string, filters: ListFilters) {
  const { q, type, country } = filters
  return db
    .selectFrom('signatory_order as o')
    .innerJoin('signatories as s', 's.endorsement_id', 'o.endorsement_id')
    .where('o.statement_id', '=', statementId)
    .where('o.collation', '=', collation)
    .$if(type !== null, (query) => query.where('s.type', '=', type as EndorserType))
    .$if(country !== null, (query) => query.where('s.country', '=', country as string))
    .$if(q !== null, (query) =>
      query.where(sql<boolean>`s.search_text like ${`%${likePattern(q ?? '')}%`} escape '\\'`),
    )
}

/** One page of the list, in the order of the collation: organisations, then individuals. */
export async function listSignatories(
  db: Db,
  statementId: string,
  collation: string,
  filters: ListFilters,
  page: { limit: number; offset: number },
): Promise<SignatoryRow[]> {
  return ordered(db, statementId, collation, filters)
    .selectAll('s')
    .orderBy('o.sort_key')
    .orderBy('o.endorsement_id')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
}

export async function countSignatories(
  db: Db,
  statementId: string,
  collation: string,
  filters: ListFilters,
): Promise<number> {
  const { n } = await ordered(db, statementId, collation, filters)
    .select((eb) => eb.fn.countAll<number | string>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** The whole list in chunks, each read on its own, so that memory stays constant. */
export async function* readInChunks(
  db: Db,
  statementId: string,
  collation: string,
  filters: ListFilters,
  size = 250,
): AsyncGenerator<SignatoryRow[]> {
  let after: { sort_key: string; endorsement_id: string } | null = null
  do {
    const last = after
    const rows: (SignatoryRow & { sort_key: string })[] = await ordered(
      db,
      statementId,
      collation,
      filters,
    )
      .selectAll('s')
      .select('o.sort_key')
      .$if(last !== null, (query) =>
        query.where((eb) =>
          eb(
            eb.refTuple('o.sort_key', 'o.endorsement_id'),
            '>',
            eb.tuple(last?.sort_key ?? '', last?.endorsement_id ?? ''),
          ),
        ),
      )
      .orderBy('o.sort_key')
      .orderBy('o.endorsement_id')
      .limit(size)
      .execute()
    if (rows.length > 0) yield rows
    after = rows.length === size ? (rows.at(-1) ?? null) : null
  } while (after !== null)
}

/** The first who signed and are named, for the statement's page. */
export async function firstSignatories(
  db: Db,
  statementId: string,
  limit: number,
): Promise<SignatoryRow[]> {
  return db
    .selectFrom('signatories')
    .selectAll()
    .where('statement_id', '=', statementId)
    .orderBy('number')
    .limit(limit)
    .execute()
}

/** The countries that the list names, for its filter. */
export async function listedCountries(db: Db, statementId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('signatories')
    .select('country')
    .distinct()
    .where('statement_id', '=', statementId)
    .execute()
  return rows.map((row) => row.country)
}
