// Brings the database up to date, once, whoever starts first; refuses one that a newer version made.
import { sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { migrationsFor, type Portable } from '../../migrations/index.ts'
import type { DatabaseKind } from './open.ts'
import type { Db } from './schema.ts'

const portable: Record<DatabaseKind, Portable> = {
  sqlite: { bytewise: sql`text collate binary` },
  postgres: { bytewise: sql`text collate "C"` },
}

export class NewerDatabase extends Error {
  constructor(unknown: string[]) {
    super(
      `The database was made by a newer version of Undersigned (it has ${unknown.join(', ')}). ` +
        'Install that version, or restore an older backup.',
    )
  }
}

/** @returns the names of the migrations that were applied; throws NewerDatabase. */
export async function migrate(db: Db, kind: DatabaseKind): Promise<string[]> {
  const migrations = migrationsFor(portable[kind])
  await refuseNewer(db, Object.keys(migrations))
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error, results } = await migrator.migrateToLatest()
  if (error instanceof Error) throw error
  if (error !== undefined) throw new Error('The migration failed.', { cause: error })
  return (results ?? []).map((result) => result.migrationName)
}

async function refuseNewer(db: Db, known: string[]): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return
  const unknown = (await appliedMigrations(db)).filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new NewerDatabase(unknown)
}

async function appliedMigrations(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  return rows.map(({ name }) => name)
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

/** The migrations that the next start would apply; reads only. */
export async function pendingMigrations(db: Db, kind: DatabaseKind): Promise<string[]> {
  const migrations = migrationsFor(portable[kind])
  await refuseNewer(db, Object.keys(migrations))
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const all = await migrator.getMigrations()
  return all.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name)
}
