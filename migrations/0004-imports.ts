// Sign-ons that coordinators bring in: the batches, which endorsements came with each, and sheets that
// wait for a coordinator between upload and import.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('imports')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('confirmed', 'integer', (c) => c.notNull())
    .addColumn('evidence_sealed', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('rows', 'integer', (c) => c.notNull())
    .addColumn('blank', 'integer', (c) => c.notNull())
    .addColumn('new', 'integer', (c) => c.notNull())
    .addColumn('duplicate', 'integer', (c) => c.notNull())
    .addColumn('similar', 'integer', (c) => c.notNull())
    .addColumn('invalid', 'integer', (c) => c.notNull())
    // of a batch that was rolled back: how many went, and how many stayed
    .addColumn('removed', 'integer', (c) => c.notNull())
    .addColumn('kept', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('imports_by_statement_id')
    .on('imports')
    .columns(['statement_id'])
    .execute()

  await db.schema
    .createTable('import_rows')
    .addColumn('endorsement_id', 'text', (c) =>
      c.primaryKey().references('endorsements.id').onDelete('cascade'),
    )
    .addColumn('import_id', 'text', (c) => c.notNull().references('imports.id'))
    .execute()
  await db.schema
    .createIndex('import_rows_by_import_id')
    .on('import_rows')
    .columns(['import_id'])
    .execute()

  // what the batches brought, whether it was there already or not
  await db.schema
    .createTable('import_hashes')
    .addColumn('capacity_hash', 'text', (c) => c.primaryKey())
    .addColumn('import_id', 'text', (c) => c.notNull().references('imports.id'))
    .execute()
  await db.schema
    .createIndex('import_hashes_by_import_id')
    .on('import_hashes')
    .columns(['import_id'])
    .execute()

  await db.schema
    .createTable('import_drafts')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('coordinator_id', 'text', (c) => c.notNull().references('coordinators.id'))
    .addColumn('source', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('sheet_sealed', 'text', (c) => c.notNull())
    .addColumn('mapping', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .execute()
}
