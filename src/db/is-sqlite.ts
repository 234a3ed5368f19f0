// Which of the two databases it is, for the few things that only one of them has.
import { SqliteAdapter } from 'kysely'
import type { Db } from './schema.ts'

export function isSqlite(db: Db): boolean {
  return db.getExecutor().adapter instanceof SqliteAdapter
}
