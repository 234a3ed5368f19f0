// The only SQL about the check-up: the database's clock.
import { sql } from 'kysely'
import type { DatabaseKind } from '../db/open.ts'
import type { Db } from '../db/schema.ts'

/** null where the database has no clock of its own */
export async function databaseNow(db: Db, kind: DatabaseKind): Promise<Date | null> {
  if (kind === 'sqlite') return null
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
  return rows[0]?.now ?? null
}

/** The latest instant at which something was written. */
export async function newestInstant(db: Db): Promise<string | null> {
  const { rows } = await sql<{ newest: string | null }>`
    select max(at) as newest from (
      select max(updated_at) as at from statements
      union all select max(signed_at) from endorsements
      union all select max(created_at) from outbox
    ) as instants
  `.execute(db)
  return rows[0]?.newest ?? null
}
