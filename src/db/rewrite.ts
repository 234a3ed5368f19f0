// PostgreSQL keeps the former state of a changed row on disk until its table is rewritten.
import { sql } from 'kysely'
import type { DatabaseKind } from './open.ts'
import type { Db } from './schema.ts'

/** Writes a small table anew, so that nothing of its past is in it; SQLite does so at once. */
export async function rewriteTable(db: Db, kind: DatabaseKind, table: string): Promise<void> {
  if (kind === 'postgres') await sql`vacuum full ${sql.table(table)}`.execute(db)
}
