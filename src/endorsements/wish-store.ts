// The only SQL about no longer wanting updates.
import type { Db } from '../db/schema.ts'

/** For the whole mailbox, in every capacity in which it signed this statement. */
export async function stopUpdatesTo(db: Db, addressHash: string): Promise<void> {
  await db
    .updateTable('endorsements')
    .set((eb) => ({ updates: 0, revision: eb('revision', '+', 1) }))
    .where('address_hash', '=', addressHash)
    .where('updates', '=', 1)
    .execute()
}
