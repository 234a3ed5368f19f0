// The only SQL about the public list. It holds nothing that is not public.
import type { Insertable, Selectable } from 'kysely'
import { compileOnce } from '../db/compile-once.ts'
import type { Db } from '../db/schema.ts'
import type { EndorserType, Verification } from '../endorsements/endorsement.ts'
import { filterNames } from './listed-store.ts'
import type { SignatoryTables } from './tables.ts'

export type SignatoryRow = Selectable<SignatoryTables['signatories']>

export interface ListFilters {
  /** folded search text */
  q: string | null
  type: EndorserType | null
  country: string | null
  verification: Verification | null
  /** in which people signed */
  language: string | null
}

type Unplaced = Omit<Insertable<SignatoryTables['signatories']>, 'first_place'>

/** Who has a place among the first keeps it. @returns that place */
export async function writeSignatory(db: Db, row: Unplaced): Promise<number | null> {
  const { rows } = await putSignatory(db, row)
  return rows[0]?.first_place ?? null
}

const putSignatory = compileOnce((db, row: Unplaced) => {
  const { endorsement_id: _, ...columns } = row
  return db
    .insertInto('signatories')
    .values(row)
    .onConflict((conflict) => conflict.column('endorsement_id').doUpdateSet(columns))
    .returning('first_place')
})

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

/** Where an entry stands in the order of a collation. */
export interface Place {
  sort_key: string
  endorsement_id: string
}
export type PlacedRow = SignatoryRow & Place

/** A part of the list, filtered or not, from behind a place on; null: from the beginning. */
export async function listFrom(
  db: Db,
  statementId: string,
  collation: string,
  after: Place | null,
  size: number,
): Promise<PlacedRow[]> {
  return db
    .selectFrom('signatory_order as o')
    .innerJoin('signatories as s', 's.endorsement_id', 'o.endorsement_id')
    .selectAll('s')
    .select('o.sort_key')
    .where('o.statement_id', '=', statementId)
    .where('o.collation', '=', collation)
    .$if(after !== null, (query) =>
      query.where((eb) =>
        eb(
          eb.refTuple('o.sort_key', 'o.endorsement_id'),
          '>',
          eb.tuple(after?.sort_key ?? '', after?.endorsement_id ?? ''),
        ),
      ),
    )
    .orderBy('o.sort_key')
    .orderBy('o.endorsement_id')
    .limit(size)
    .execute()
}

/** The entry that has a number on the list; numbers are never given twice. */
export async function findListed(
  db: Db,
  statementId: string,
  number: number,
): Promise<SignatoryRow | null> {
  const row = await db
    .selectFrom('signatories')
    .selectAll()
    .where('statement_id', '=', statementId)
    .where('number', '=', number)
    .executeTakeFirst()
  return row ?? null
}

/** Who stands behind a place, in the order of the list, filtered or not: read from an index alone. */
export async function listIds(
  db: Db,
  statementId: string,
  collation: string,
  after: Place,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('signatory_order')
    .select('endorsement_id')
    .where('statement_id', '=', statementId)
    .where('collation', '=', collation)
    .where((eb) =>
      eb(
        eb.refTuple('sort_key', 'endorsement_id'),
        '>',
        eb.tuple(after.sort_key, after.endorsement_id),
      ),
    )
    .orderBy('sort_key')
    .orderBy('endorsement_id')
    .limit(limit)
    .execute()
  return rows.map(({ endorsement_id }) => endorsement_id)
}

export async function findPlace(db: Db, id: string, collation: string): Promise<Place> {
  return db
    .selectFrom('signatory_order')
    .select(['sort_key', 'endorsement_id'])
    .where('endorsement_id', '=', id)
    .where('collation', '=', collation)
    .executeTakeFirstOrThrow()
}

/** In the order of the ids; those who are not on the list (any more) are left out. */
export async function listByIds(db: Db, ids: string[]): Promise<SignatoryRow[]> {
  const rows = await db
    .selectFrom('signatories')
    .selectAll()
    .where('endorsement_id', 'in', ids)
    .execute()
  const byId = new Map(rows.map((row) => [row.endorsement_id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** What the filters and a search (find-store.ts) leave of the list. */
export function isLetThrough(row: SignatoryRow, { q, ...exact }: ListFilters): boolean {
  const isAlike = filterNames.every((name) => exact[name] === null || exact[name] === row[name])
  return isAlike && (q === null || row.search_text.includes(q))
}

/** Numbers are given in the order in which people come to the list. */
export async function newestNumber(db: Db, statementId: string): Promise<number> {
  const row = await db
    .selectFrom('signatories')
    .select((eb) => eb.fn.max('number').as('newest'))
    .where('statement_id', '=', statementId)
    .executeTakeFirst()
  return row?.newest ?? 0
}

/** For the statement's page: those who were put first, then the first who signed and are named. */
export async function firstSignatories(
  db: Db,
  statementId: string,
  limit: number,
): Promise<SignatoryRow[]> {
  const named = db.selectFrom('signatories').selectAll().where('statement_id', '=', statementId)
  const chosen = await named
    .where('first_place', 'is not', null)
    .orderBy('first_place')
    .limit(limit)
    .execute()
  const others = await named
    .where('first_place', 'is', null)
    .orderBy('number')
    .limit(limit - chosen.length)
    .execute()
  return [...chosen, ...others]
}
