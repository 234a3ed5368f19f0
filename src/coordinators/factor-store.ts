// The only SQL about second factors: the code app's secret and recovery codes.
import type { Db } from '../db/schema.ts'

export async function readCode(
  db: Db,
  id: string,
): Promise<{ sealed: string; step: number } | null> {
  const row = await db
    .selectFrom('coordinators')
    .select(['code_sealed', 'code_step'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && row.code_sealed !== '' ? { sealed: row.code_sealed, step: row.code_step } : null
}

/**
 * Counts a try on the day, and keeps others who try waiting until this one is judged.
 * @returns false when there were as many as that already
 */
export async function noteTry(db: Db, id: string, day: string, most: number): Promise<boolean> {
  const result = await db
    .updateTable('coordinators')
    .set((eb) => ({
      tries_on: day,
      tries: eb
        .case()
        .when('tries_on', '=', day)
        .then(eb('tries', '+', 1))
        .else(1)
        .end(),
    }))
    .where('id', '=', id)
    .where((eb) => eb.or([eb('tries_on', '<>', day), eb('tries', '<', most)]))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** It was right: what was tried before it is forgiven. */
export async function forgetTries(db: Db, id: string): Promise<void> {
  await db.updateTable('coordinators').set({ tries: 0 }).where('id', '=', id).execute()
}

/** Nobody else changes the factors of this person meanwhile. @returns whether there is a code app */
export async function lockCode(tx: Db, id: string): Promise<boolean> {
  const row = await tx
    .updateTable('coordinators')
    .set((eb) => ({ code_step: eb.ref('code_step') }))
    .where('id', '=', id)
    .returning('code_sealed')
    .executeTakeFirst()
  return row !== undefined && row.code_sealed !== ''
}

export async function writeCode(db: Db, id: string, sealed: string, step: number): Promise<void> {
  await db
    .updateTable('coordinators')
    .set({ code_sealed: sealed, code_step: step })
    .where('id', '=', id)
    .execute()
}

/** Of two who send the same code one is let in (RFC 6238, 5.2). */
export async function useStep(db: Db, id: string, step: number): Promise<boolean> {
  const result = await db
    .updateTable('coordinators')
    .set({ code_step: step })
    .where('id', '=', id)
    .where('code_step', '<', step)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function replaceRecoveryCodes(
  db: Db,
  coordinatorId: string,
  hashes: string[],
): Promise<void> {
  await db.deleteFrom('recovery_codes').where('coordinator_id', '=', coordinatorId).execute()
  if (hashes.length === 0) return
  await db
    .insertInto('recovery_codes')
    .values(hashes.map((hash) => ({ hash, coordinator_id: coordinatorId })))
    .execute()
}

export async function useRecoveryCode(
  db: Db,
  coordinatorId: string,
  hash: string,
): Promise<boolean> {
  const result = await db
    .deleteFrom('recovery_codes')
    .where('coordinator_id', '=', coordinatorId)
    .where('hash', '=', hash)
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}

export async function countRecoveryCodes(db: Db, coordinatorId: string): Promise<number> {
  const rows = await db
    .selectFrom('recovery_codes')
    .select('hash')
    .where('coordinator_id', '=', coordinatorId)
    .execute()
  return rows.length
}
