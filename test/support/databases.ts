// A database for one test: SQLite in a temporary folder, or PostgreSQL when TEST_DATABASE=postgres.
// The same suite runs on both.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nameOfDatabase, startPostgres } from './postgres.ts'

export interface FreshDatabase {
  /** for DATABASE_URL */
  url: string
  /** the folder of the SQLite file; null with PostgreSQL */
  folder: string | null
  drop(): Promise<void>
}

export const isPostgres = process.env['TEST_DATABASE'] === 'postgres'

/** An empty one. */
export function freshDatabase(): Promise<FreshDatabase> {
  return isPostgres ? freshPostgres() : freshSqlite()
}

/** One that is migrated already where the tests were started together: for speed only. */
export function migratedDatabase(): Promise<FreshDatabase> {
  const template = process.env['TEST_DATABASE_TEMPLATE']
  return isPostgres ? freshPostgres(template) : freshSqlite(template)
}

async function freshSqlite(template?: string): Promise<FreshDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'undersigned-test-'))
  const file = join(folder, 'undersigned.db')
  if (template !== undefined) copyFileSync(template.replace(/^sqlite:/, ''), file)
  return {
    url: `sqlite:${file}`,
    folder,
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

type Server = Awaited<ReturnType<typeof startPostgres>>
let server: Promise<Server> | null = null

async function freshPostgres(template?: string): Promise<FreshDatabase> {
  server ??= startPostgres()
  const postgres = await server
  const url = await postgres.createDatabase(template && nameOfDatabase(template))
  return { url, folder: null, drop: () => postgres.dropDatabase(url) }
}
