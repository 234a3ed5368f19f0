// Whether the database is whole.
import { sql } from 'kysely'
import type { DatabaseKind } from './open.ts'
import type { Db } from './schema.ts'

/** @returns what is wrong, in the database's own words; rejects when it cannot be reached */
export async function findFaults(db: Db, kind: DatabaseKind): Promise<string[]> {
  return kind === 'sqlite' ? sqliteFaults(db) : postgresFaults(db)
}

async function sqliteFaults(db: Db): Promise<string[]> {
  const check = await sql<{ integrity_check: string }>`pragma integrity_check(10)`.execute(db)
  const keys = await sql<{ table: string }>`pragma foreign_key_check`.execute(db)
  return [
    ...check.rows.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
    ...keys.rows.map((row) => `a row of ${row.table} belongs to one that is missing`),
  ]
}

async function postgresFaults(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
    where not i.indisvalid
  `.execute(db)
  return rows.map((row) => `the index ${row.name} is not valid`)
}

/** Whether SQLite says that a file is damaged, or no database at all. */
export function isDamage(fault: unknown): fault is Error {
  const { code } = fault as { code?: unknown }
  return code === 'SQLITE_NOTADB' || String(code).startsWith('SQLITE_CORRUPT')
}
