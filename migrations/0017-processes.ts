// The processes that work on this database. They know of each other, to share out the limits of the site.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('processes')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('serves', 'integer', (c) => c.notNull())
    .addColumn('delivers', 'integer', (c) => c.notNull())
    .addColumn('beat', 'integer', (c) => c.notNull())
    .execute()
}
