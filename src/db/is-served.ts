// Whether another process works with this database: nobody may pull it away from under a running site.
import { sql } from 'kysely'
import { CopyRefused } from './copy.ts'
import type { DatabaseKind } from './open.ts'
import type { Db } from './schema.ts'
import { foldIntoOneFile } from './scrub.ts'

/** To be asked first: it takes the other connections of this process for somebody else's. */
export async function isServed(db: Db, kind: DatabaseKind): Promise<boolean> {
  if (kind === 'sqlite') return !(await foldIntoOneFile(db))
  const { rows } = await sql<{ n: string }>`
    select count(*) as n from pg_stat_activity
    where datname = current_database() and application_name = 'undersigned'
      and pid <> pg_backend_pid()
  `.execute(db)
  return Number(rows[0]?.n ?? 0) > 0
}

export async function refuseServed(db: Db, kind: DatabaseKind): Promise<void> {
  if (await isServed(db, kind)) {
    throw new CopyRefused('The site runs on this database. Nothing was changed. Stop it first.')
  }
}
