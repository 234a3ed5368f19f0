// Statements that are not public before an instant, and what the press is given.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('statements').addColumn('embargo_until', 'text').execute()
  await db.schema.alterTable('statements').addColumn('embargo_zone', 'text').execute()

  await db.schema
    .createTable('press_links')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('hash', 'text', (c) => c.notNull().unique())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('revoked_at', 'text')
    .execute()
  await db.schema
    .createIndex('press_links_by_statement_id')
    .on('press_links')
    .columns(['statement_id'])
    .execute()

  // public, with the consent of who said it; the row goes when the consent does
  await db.schema
    .createTable('press_quotes')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('words', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('role', 'text', (c) => c.notNull())
    // how they agreed, in the coordinator's words
    .addColumn('evidence_sealed', 'text', (c) => c.notNull())
    .addColumn('added_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('press_quotes_by_statement_id')
    .on('press_quotes')
    .columns(['statement_id', 'added_at'])
    .execute()

  // public as typed; no row: nobody
  await db.schema
    .createTable('press_contacts')
    .addColumn('statement_id', 'text', (c) => c.primaryKey().references('statements.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull())
    .addColumn('phone', 'text', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .execute()
}
