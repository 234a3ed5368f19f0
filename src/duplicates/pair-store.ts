// The only SQL about pairs that somebody has decided on.
import type { Insertable } from 'kysely'
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

export function pairKey(one: string, other: string): string {
  return [one, other].sort().join(' ')
}
