// What was overwritten or deleted must not stay on the disk (product.md P-3, P-7). PostgreSQL does
// this by itself (autovacuum); SQLite keeps former pages in its write-ahead log until it is emptied.
import { sql } from 'kysely'
import type { DatabaseKind } from './open.ts'
import type { Db } from './schema.ts'

/** Moves all that was written into the database file and empties the log; later, if it is in use. */
export async function scrub(db: Db, kind: DatabaseKind): Promise<void> {
  if (kind !== 'sqlite') return
  await db.connection().execute(async (connection) => {
    const { rows } = await sql<{ timeout: number }>`pragma busy_timeout`.execute(connection)
    // another process that reads, a backup for example, must not make the site wait
    await sql`pragma busy_timeout = 0`.execute(connection)
    await sql`pragma wal_checkpoint(truncate)`.execute(connection)
    await sql`pragma busy_timeout = ${sql.lit(rows[0]?.timeout ?? 10_000)}`.execute(connection)
  })
}
