// Whether the database is whole.
import { type RawBuilder, sql } from 'kysely'
import { isOfNameIndex } from './name-index-tables.ts'
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

/** half a second, when none of it is in memory yet */
const mostBytes = 256_000_000

/** Whether reading all of a SQLite file would take too long for whoever waits. */
export async function isLarge(db: Db, upTo = mostBytes): Promise<boolean> {
  const { rows } = await sql<{ bytes: number }>`
    select page_count * page_size as bytes from pragma_page_count, pragma_page_size
  `.execute(db)
  return (rows[0]?.bytes ?? 0) > upTo
}

/**
 * As much as fits into a start: all of a small SQLite file, and of a large one the tables that are small.
 * A file that was cut short or is no database at all makes the first question reject.
 * @param upTo how many bytes are not yet large
 */
export async function findFaultsQuickly(db: Db, upTo?: number): Promise<string[]> {
  if (!(await isLarge(db, upTo))) return quickly(db, sql`10`)
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  const faults: string[] = []
  for (const { name, isView } of tables) {
    // an index has no rows to count, and can be made again
    if (isView || isOfNameIndex(name) || !(await isSmall(db, name))) continue
    faults.push(...(await quickly(db, sql.lit(name))))
  }
  return faults
}

const mostRows = 10_000

async function quickly(db: Db, what: RawBuilder<unknown>): Promise<string[]> {
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(${what})`.execute(db)
  return rows.map((row) => row.quick_check).filter((text) => text !== 'ok')
}

/** By the last row's number, which is at hand; there are at most so many. */
async function isSmall(db: Db, table: string): Promise<boolean> {
  const { rows } = await sql<{ last: number | null }>`
    select max(rowid) as last from ${sql.table(table)}
  `.execute(db)
  return (rows[0]?.last ?? 0) <= mostRows
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
  return isNoDatabase(fault) || String(code).startsWith('SQLITE_CORRUPT')
}

/** Another file, or one that is damaged from its first page on. */
export function isNoDatabase(fault: unknown): boolean {
  return (fault as { code?: unknown }).code === 'SQLITE_NOTADB'
}
