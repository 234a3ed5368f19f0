// The only SQL about invalidations and the decisions that belong to them.
import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { InvalidationState, InvalidationTables } from './tables.ts'

export type InvalidationRow = Selectable<InvalidationTables['invalidations']>

export async function insertInvalidation(
  tx: Db,
  row: Insertable<InvalidationTables['invalidations']>,
): Promise<void> {
  await tx.insertInto('invalidations').values(row).execute()
}

/** The newest first. */
export async function listInvalidations(db: Db, statementId: string): Promise<InvalidationRow[]> {
  return db
    .selectFrom('invalidations')
    .selectAll()
    .where('statement_id', '=', statementId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
}

export async function findInvalidation(
  db: Db,
  statementId: string,
  id: string,
): Promise<InvalidationRow | null> {
  const row = await db
    .selectFrom('invalidations')
    .selectAll()
    .where('id', '=', id)
    .where('statement_id', '=', statementId)
    .executeTakeFirst()
  return row ?? null
}

/** Only from one of these states (product.md R3); false: somebody was faster. */
export async function changeState(
  tx: Db,
  id: string,
  from: readonly InvalidationState[],
  change: { state: InvalidationState; started_at?: string; ended_at?: string },
): Promise<boolean> {
  const result = await tx
    .updateTable('invalidations')
    .set(change)
    .where('id', '=', id)
    .where('state', 'in', [...from])
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** The decisions of an invalidation that still stand. */
export async function listStanding(db: Db, invalidationId: string) {
  return db
    .selectFrom('reviews')
    .selectAll()
    .where('invalidation_id', '=', invalidationId)
    .where('undone_at', 'is', null)
    .orderBy('id')
    .execute()
}

/** How many of each type were taken out, of those that were counted before. */
export async function countTakenOut(db: Db, invalidationIds: string[]) {
  if (invalidationIds.length === 0) return []
  const rows = await db
    .selectFrom('reviews as r')
    .innerJoin('endorsements as e', 'e.id', 'r.endorsement_id')
    .select((eb) => ['r.invalidation_id', 'e.type', eb.fn.countAll<number | string>().as('n')])
    .where('r.invalidation_id', 'in', invalidationIds)
    .where('r.undone_at', 'is', null)
    .where('r.before_state', '=', 'confirmed')
    .groupBy(['r.invalidation_id', 'e.type'])
    .execute()
  return rows.map(({ invalidation_id, type, n }) => ({ id: invalidation_id, type, n: Number(n) }))
}

/** Those that have a name or an address in what they look for, and are not about to look for it. */
export async function listEnded(db: Db): Promise<InvalidationRow[]> {
  return db
    .selectFrom('invalidations')
    .selectAll()
    .where('state', 'not in', ['draft', 'running'])
    .where('criteria_sealed', '<>', '')
    .execute()
}

/** What it looked for; what it took out, and the public reason, stay. */
export async function forgetCriteriaOf(
  db: Db,
  of: { id: string } | { statementIds: string[] },
): Promise<number> {
  if ('statementIds' in of && of.statementIds.length === 0) return 0
  const result = await db
    .updateTable('invalidations')
    .set({ criteria_sealed: '' })
    .where((eb) => ('id' in of ? eb('id', '=', of.id) : eb('statement_id', 'in', of.statementIds)))
    .where('criteria_sealed', '<>', '')
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}
