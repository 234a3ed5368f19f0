import { sql } from 'kysely'
import { stat } from 'node:fs/promises'
import type { Config } from '../config.ts'
import type { Db } from './schema.ts'

/** What the database takes on its disk; of SQLite with its write-ahead log. */
export async function databaseBytes(db: Db, database: Config['database']): Promise<number> {
  if (database.kind === 'sqlite') {
    const sizes = await Promise.all([database.file, `${database.file}-wal`].map(sizeOf))
    return sizes.reduce((sum, size) => sum + size, 0)
  }
  const { rows } = await sql<{ bytes: string }>`
    select pg_database_size(current_database()) as bytes
  `.execute(db)
  return Number(rows[0]?.bytes ?? 0)
}

/** There is no log while nothing was written. */
async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    () => 0,
  )
}
