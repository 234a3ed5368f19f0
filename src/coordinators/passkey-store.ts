// The only SQL about passkeys. A public key opens nothing: only the device that made it can sign.
import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { CoordinatorTables } from './tables.ts'

export type PasskeyRow = Selectable<CoordinatorTables['passkeys']>

/** false: this device is known already. */
export async function insertPasskey(
  tx: Db,
  row: Insertable<CoordinatorTables['passkeys']>,
): Promise<boolean> {
  const result = await tx
    .insertInto('passkeys')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

export async function listPasskeys(db: Db, coordinatorId: string): Promise<PasskeyRow[]> {
  return db
    .selectFrom('passkeys')
    .selectAll()
    .where('coordinator_id', '=', coordinatorId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

export async function deletePasskey(tx: Db, coordinatorId: string, id: string): Promise<boolean> {
  const result = await tx
    .deleteFrom('passkeys')
    .where('coordinator_id', '=', coordinatorId)
    .where('id', '=', id)
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** Of two who show the same signature one is let in, where the device counts. */
export async function noteCounter(
  tx: Db,
  { id, counter }: Pick<PasskeyRow, 'id' | 'counter'>,
  next: number,
): Promise<boolean> {
  const result = await tx
    .updateTable('passkeys')
    .set({ counter: next })
    .where('id', '=', id)
    .where('counter', '=', counter)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
