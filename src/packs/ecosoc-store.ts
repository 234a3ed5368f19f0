// The only SQL about the status of organisations with ECOSOC. Only who is on the list has one.
import { sql } from 'kysely'
import type { Db } from '../db/schema.ts'
import { likePattern } from '../text/like-pattern.ts'
import type { EcosocStatus } from './ecosoc.ts'

export interface ListedOrganisation {
  number: number
  name: string
  acronym: string | null
  country: string
  status: EcosocStatus | null
}

interface Part {
  /** folded search text, null for all */
  q: string | null
  collation: string
  limit: number
  offset: number
}

function listed(db: Db, statementId: string, q: string | null) {
  return db
    .selectFrom('signatories as s')
    .where('s.statement_id', '=', statementId)
    .where('s.type', '=', 'organisation')
    .$if(q !== null, (query) => query.where(nameHas(q ?? '')))
}

function nameHas(q: string) {
  return sql<boolean>`s.search_text like ${`%${likePattern(q)}%`} escape '\\'`
}

export async function listOrganisations(
  db: Db,
  statementId: string,
  { q, collation, limit, offset }: Part,
): Promise<ListedOrganisation[]> {
  return listed(db, statementId, q)
    .innerJoin('signatory_order as o', 'o.endorsement_id', 's.endorsement_id')
    .leftJoin('ecosoc_statuses as e', 'e.endorsement_id', 's.endorsement_id')
    .select(['s.number', 's.name', 's.acronym', 's.country', 'e.status'])
    .where('o.collation', '=', collation)
    .orderBy('o.sort_key')
    .orderBy('s.number')
    .limit(limit)
    .offset(offset)
    .execute()
}

export async function countOrganisations(
  db: Db,
  statementId: string,
  q: string | null,
): Promise<number> {
  const { n } = await listed(db, statementId, q)
    .select((eb) => eb.fn.countAll<number | string>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** By the number of the entry; who has none is not there. */
export async function readStatuses(
  db: Db,
  statementId: string,
): Promise<Map<number, EcosocStatus>> {
  const rows = await db
    .selectFrom('ecosoc_statuses as e')
    .innerJoin('signatories as s', 's.endorsement_id', 'e.endorsement_id')
    .select(['s.number', 'e.status'])
    .where('s.statement_id', '=', statementId)
    .execute()
  return new Map(rows.map(({ number, status }) => [number, status]))
}

export async function findStatus(db: Db, endorsementId: string): Promise<EcosocStatus | null> {
  const row = await db
    .selectFrom('ecosoc_statuses')
    .select('status')
    .where('endorsement_id', '=', endorsementId)
    .executeTakeFirst()
  return row?.status ?? null
}

/** @returns false when it is not what it was, or the organisation is not on the list (any more) */
export async function changeStatus(
  tx: Db,
  statementId: string,
  number: number,
  { was, status }: { was: EcosocStatus | null; status: EcosocStatus | null },
): Promise<boolean> {
  const entry = await tx
    .selectFrom('signatories as s')
    .leftJoin('ecosoc_statuses as e', 'e.endorsement_id', 's.endorsement_id')
    .select(['s.endorsement_id', 'e.status'])
    .where('s.statement_id', '=', statementId)
    .where('s.number', '=', number)
    .where('s.type', '=', 'organisation')
    .executeTakeFirst()
  if (entry?.status !== was) return false
  const { endorsement_id } = entry
  await tx.deleteFrom('ecosoc_statuses').where('endorsement_id', '=', endorsement_id).execute()
  if (status === null) return true
  await tx.insertInto('ecosoc_statuses').values({ endorsement_id, status }).execute()
  return true
}
