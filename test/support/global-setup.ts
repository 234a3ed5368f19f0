// Once for all test files: one PostgreSQL server when TEST_DATABASE=postgres asks for it, and one
// migrated database that those of the tests are copied from. The test processes inherit both names.
import { readConfig } from '../../src/config.ts'
import { migrate } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import { type FreshDatabase, freshDatabase, isPostgres } from './databases.ts'
import { type Postgres, startPostgres } from './postgres.ts'

let server: Postgres | undefined
let template: FreshDatabase | undefined

export async function globalSetup(): Promise<void> {
  if (isPostgres && !process.env['TEST_DATABASE_URL']) {
    server = await startPostgres()
    process.env['TEST_DATABASE_URL'] = server.url('postgres')
  }
  template = await freshDatabase()
  const { database } = readConfig({ DATABASE_URL: template.url })
  const db = await openDatabase(database)
  await migrate(db, database.kind)
  await db.destroy()
  process.env['TEST_DATABASE_TEMPLATE'] = template.url
}

export async function globalTeardown(): Promise<void> {
  await template?.drop()
  await server?.stop()
}
