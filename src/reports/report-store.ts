// The only SQL about reports of entries, and about the names that were removed after one.
import { type Insertable, type Selectable, sql } from 'kysely'
import { compileOnce } from '../db/compile-once.ts'
import type { Db } from '../db/schema.ts'
import type { EndorsementState } from '../endorsements/endorsement.ts'
import type { ReportTables } from './tables.ts'

export type ReportRow = Selectable<ReportTables['reports']>

export async function insertReport(
  tx: Db,
  row: Insertable<ReportTables['reports']>,
): Promise<void> {
  await tx.insertInto('reports').values(row).execute()
}

export async function findByToken(db: Db, tokenHash: string): Promise<ReportRow | null> {
  const row = await db
    .selectFrom('reports')
    .selectAll()
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  return row ?? null
}

/** How many reports of an entry wait whose words are kept, and which is the last one. */
export async function countReportsOf(tx: Db, endorsementId: string) {
  const { last, withWords } = await tx
    .selectFrom('reports')
    .select((eb) => [
      eb.fn.max<number | null>('nth').as('last'),
      eb.fn
        .countAll<number | string>()
        .filterWhere('settled_at', 'is', null)
        .filterWhere('words_sealed', '<>', '')
        .as('withWords'),
    ])
    .where('endorsement_id', '=', endorsementId)
    .executeTakeFirstOrThrow()
  return { last: last ?? 0, withWords: Number(withWords) }
}

/** Entries of some states with a report that waits; what only machines reported does not count. */
export async function listReportedIds(
  db: Db,
  statementId: string,
  states: readonly EndorsementState[],
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('reports as r')
    .innerJoin('endorsements as e', 'e.id', 'r.endorsement_id')
    .select('e.id')
    .distinct()
    .where('r.statement_id', '=', statementId)
    .where('r.settled_at', 'is', null)
    .where('r.suspect', '=', 0)
    .where('e.state', 'in', [...states])
    .orderBy('e.id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

export async function countReported(
  db: Db,
  statementId: string,
  state: EndorsementState,
): Promise<number> {
  const { n } = await db
    .selectFrom('reports as r')
    .innerJoin('endorsements as e', 'e.id', 'r.endorsement_id')
    .select((eb) => eb.fn.count<number | string>('e.id').distinct().as('n'))
    .where('r.statement_id', '=', statementId)
    .where('r.settled_at', 'is', null)
    .where('r.suspect', '=', 0)
    .where('e.state', '=', state)
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** Those about some entries, the newest first. */
export async function listReportsOf(
  db: Db,
  endorsementIds: string[],
  which: 'waiting' | 'all',
): Promise<ReportRow[]> {
  if (endorsementIds.length === 0) return []
  return db
    .selectFrom('reports')
    .selectAll()
    .where('endorsement_id', 'in', endorsementIds)
    .$if(which === 'waiting', (query) => query.where('settled_at', 'is', null))
    .orderBy('nth', 'desc')
    .execute()
}

export async function settleOne(
  tx: Db,
  id: string,
  settled: Pick<ReportRow, 'settled_at' | 'review_id' | 'answer_sealed'>,
): Promise<void> {
  await tx
    .updateTable('reports')
    .set(settled)
    .where('id', '=', id)
    .where('settled_at', 'is', null)
    .execute()
}

/** Because the endorser did: no coordinator has to any more. */
export async function settleAllOf(tx: Db, endorsementId: string, at: string): Promise<void> {
  await tx
    .updateTable('reports')
    .set({ settled_at: at })
    .where('endorsement_id', '=', endorsementId)
    .where('settled_at', 'is', null)
    .execute()
}

/** They wait again. */
export async function unsettle(tx: Db, reviewId: string): Promise<void> {
  await tx
    .updateTable('reports')
    .set({ settled_at: null, review_id: null, answer_sealed: '' })
    .where('review_id', '=', reviewId)
    .execute()
}

/** What was written about an entry goes, and nothing leads from it to the entry any more. */
export async function cutOff(tx: Db, endorsementId: string, at: string): Promise<void> {
  await tx
    .updateTable('reports')
    .set({
      endorsement_id: null,
      words_sealed: '',
      answer_sealed: '',
      settled_at: sql<string>`coalesce(settled_at, ${at})`,
    })
    .where('endorsement_id', '=', endorsementId)
    .execute()
}

export async function deleteReportsBefore(
  tx: Db,
  { settled, reported }: { settled: string; reported: string },
): Promise<number> {
  const result = await tx
    .deleteFrom('reports')
    .where((eb) =>
      eb.or([
        eb('settled_at', '<', settled),
        eb.and([eb('settled_at', 'is', null), eb('reported_at', '<', reported)]),
      ]),
    )
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

export async function keepRemovedName(
  tx: Db,
  row: Insertable<ReportTables['removed_names']>,
): Promise<void> {
  await tx
    .insertInto('removed_names')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('endorsement_id').doUpdateSet({ name_hash: row.name_hash }),
    )
    .execute()
}

const removedNamed = compileOnce((db, nameHash: string) =>
  db
    .selectFrom('removed_names')
    .select('endorsement_id')
    .where('name_hash', '=', nameHash)
    .where('endorsement_id', 'not in', (eb) =>
      eb
        .selectFrom('endorsements as e')
        .select('e.id')
        .whereRef('e.id', '=', 'removed_names.endorsement_id')
        .where('e.state', '<>', 'rejected'),
    ),
)

/** Removed, and not brought back since; also when its endorser has erased it after that. */
export async function hasRemovedName(db: Db, nameHash: string): Promise<boolean> {
  return (await removedNamed(db, nameHash)).rows.length > 0
}

export async function deleteRemovedName(tx: Db, endorsementId: string): Promise<void> {
  await tx.deleteFrom('removed_names').where('endorsement_id', '=', endorsementId).execute()
}

export async function deleteRemovedNamesOn(tx: Db, statementIds: string[]): Promise<number> {
  if (statementIds.length === 0) return 0
  const result = await tx
    .deleteFrom('removed_names')
    .where('statement_id', 'in', statementIds)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
