import type { Db } from './schema.ts'

/** Rejects when the database does not answer or takes no changes; changes nothing itself. */
export async function tryToWrite(db: Db): Promise<void> {
  await db
    .transaction()
    .execute((tx) => tx.deleteFrom('installation').where('name', '=', '').execute())
}
