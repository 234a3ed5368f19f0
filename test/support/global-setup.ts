// Starts one PostgreSQL server for all test files when TEST_DATABASE=postgres asks for it
// (node --test --test-global-setup); the test processes inherit its address.
import { startPostgres } from './postgres.ts'
import type { Postgres } from './postgres.ts'

let server: Postgres | undefined

export async function globalSetup(): Promise<void> {
  if (process.env['TEST_DATABASE'] !== 'postgres' || process.env['TEST_DATABASE_URL']) return
  server = await startPostgres()
  process.env['TEST_DATABASE_URL'] = server.url('postgres')
}

export async function globalTeardown(): Promise<void> {
  await server?.stop()
}
