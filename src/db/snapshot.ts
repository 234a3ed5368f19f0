// Reading several things as they were at one instant.
import type { Db } from './schema.ts'

/** What others write meanwhile is not seen. Inside a transaction, that transaction is used. */
export async function inSnapshot<T>(db: Db, read: (tx: Db) => Promise<T>): Promise<T> {
  if (db.isTransaction) return read(db)
  return db
    .transaction()
    .setAccessMode('read only')
    .setIsolationLevel('repeatable read')
    .execute(read)
}
