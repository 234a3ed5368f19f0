// Brings the database up to date, once, whoever starts first; refuses one that a newer version made.
import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { migrationsFor, type Portable } from '../../migrations/index.ts'
import { HalfCopied, markTable } from './copy-mark.ts'
import type { DatabaseKind } from './open.ts'
import type { Db } from './schema.ts'

// an extension that is missing, or that we may not have, is done without: searching a long list takes
// longer then
const trigrams = sql`
  do $$ begin
    create extension if not exists pg_trgm;
    create index signatories_by_parts_of_names on signatories using gin (search_text gin_trgm_ops);
  exception when others then null;
  end $$`

const portable: Record<DatabaseKind, Portable> = {
  sqlite: { bytewise: sql`text collate binary`, trigrams: null },
  postgres: { bytewise: sql`text collate "C"`, trigrams },
}

export class NewerDatabase extends Error {
  constructor(unknown: string[]) {
    super(
      `The database was made by a newer version of Undersigned (it has ${unknown.join(', ')}). ` +
        'Install that version, or restore an older backup.',
    )
  }
}

/**
 * @param upTo the last one to apply; all when it is not given
 * @returns the names of the migrations that were applied; throws NewerDatabase and HalfCopied.
 */
export async function migrate(db: Db, kind: DatabaseKind, upTo?: string): Promise<string[]> {
  const migrations = migrationsFor(portable[kind])
  await refuseUnusable(db, kind)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const isThere = upTo !== undefined && (await appliedMigrations(db)).includes(upTo)
  if (isThere) return []
  const { error, results } = await (upTo === undefined
    ? migrator.migrateToLatest()
    : migrator.migrateTo(upTo))
  if (error instanceof Error) throw error
  if (error !== undefined) throw new Error('The migration failed.', { cause: error })
  return (results ?? []).map((result) => result.migrationName)
}

/** Throws NewerDatabase and HalfCopied; reads only. */
export async function refuseUnusable(db: Db, kind: DatabaseKind): Promise<void> {
  const tables = await db.introspection.getTables()
  if (tables.some((table) => table.name === markTable)) throw new HalfCopied()
  const known = Object.keys(migrationsFor(portable[kind]))
  const unknown = (await appliedMigrations(db)).filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new NewerDatabase(unknown)
}

/** The names of those that a database has, the oldest first; reads only. */
export async function appliedMigrations(db: Db): Promise<string[]> {
  return (await migrationRows(db)).map((row) => row.name)
}

/** Of a database that another machine may have migrated since this process started. */
export async function versionFault(
  db: Db,
  kind: DatabaseKind,
): Promise<'an older' | 'a newer' | null> {
  const known = Object.keys(migrationsFor(portable[kind]))
  const applied = await appliedMigrations(db)
  if (applied.some((name) => !known.includes(name))) return 'a newer'
  return applied.length < known.length ? 'an older' : null
}

/** When the first one was applied: no two databases were made at the same instant; null: not yet. */
export async function madeAt(db: Db): Promise<string | null> {
  return (await migrationRows(db))[0]?.timestamp ?? null
}

async function migrationRows(db: Db): Promise<{ name: string; timestamp: string }[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return []
  const { rows } = await sql<{ name: string; timestamp: string }>`
    select name, timestamp from kysely_migration order by name
  `.execute(db)
  return rows
}

/** The migrations that the next start would apply; reads only. */
export async function pendingMigrations(db: Db, kind: DatabaseKind): Promise<string[]> {
  const migrations = migrationsFor(portable[kind])
  await refuseUnusable(db, kind)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const all = await migrator.getMigrations()
  return all.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name)
}
