// A fresh, empty database for one test: SQLite in a temporary folder, or PostgreSQL when
// TEST_DATABASE=postgres. The same suite runs on both.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from './postgres.ts'

export interface FreshDatabase {
  /** for DATABASE_URL */
  url: string
  /** the folder of the SQLite file; null with PostgreSQL */
  folder: string | null
  drop(): Promise<void>
}

export const isPostgres = process.env['TEST_DATABASE'] === 'postgres'

export async function freshDatabase(): Promise<FreshDatabase> {
  return isPostgres ? freshPostgres() : freshSqlite()
}

async function freshSqlite(): Promise<FreshDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'undersigned-test-'))
  return {
    url: `sqlite:${join(folder, 'undersigned.db')}`,
    folder,
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

type Server = Awaited<ReturnType<typeof startPostgres>>
let server: Promise<Server> | null = null

async function freshPostgres(): Promise<FreshDatabase> {
  server ??= startPostgres()
  const postgres = await server
  const url = await postgres.createDatabase()
  return { url, folder: null, drop: () => postgres.dropDatabase(url) }
}
