// The only SQL about pairs that somebody has decided on.
import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { DuplicateTables } from './tables.ts'

/** @returns false when somebody has decided on this pair already */
export async function insertPair(
  tx: Db,
  row: Insertable<DuplicateTables['pairs']>,
): Promise<boolean> {
  const result = await tx
    .insertInto('pairs')
    .values(row)
    .onConflict((conflict) => conflict.columns(['first_id', 'second_id']).doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

/** The pairs that need not be shown again, as `pairKey`. */
export async function listDecided(db: Db, statementId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('pairs')
    .select(['first_id', 'second_id'])
    .where('statement_id', '=', statementId)
    .execute()
  return new Set(rows.map(({ first_id, second_id }) => pairKey(first_id, second_id)))
}

export type PairRow = Selectable<DuplicateTables['pairs']>

/** The last decisions on a statement, the newest first, with the name of who decided. */
export async function listLatest(db: Db, statementId: string, limit: number) {
  return db
    .selectFrom('pairs as p')
    .innerJoin('coordinators as c', 'c.id', 'p.coordinator_id')
    .selectAll('p')
    .select('c.name')
    .where('p.statement_id', '=', statementId)
    .orderBy('p.at', 'desc')
    .orderBy('p.first_id')
    .limit(limit)
    .execute()
}

/** Takes the decision away, once; null when there is none (any more). */
export async function deletePair(
  tx: Db,
  statementId: string,
  firstId: string,
  secondId: string,
): Promise<PairRow | null> {
  const row = await tx
    .deleteFrom('pairs')
    .where('statement_id', '=', statementId)
    .where('first_id', '=', firstId)
    .where('second_id', '=', secondId)
    .returningAll()
    .executeTakeFirst()
  return row ?? null
}

export function pairKey(one: string, other: string): string {
  return [one, other].sort().join(' ')
}
