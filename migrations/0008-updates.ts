// News for endorsers who asked for it, and what became of a statement after it was handed over.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await createUpdates(db)
  await createDeliveries(db)
  await createDeliveryFiles(db)
}

async function createUpdates(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('updates')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    // since when it is public and being sent
    .addColumn('sent_at', 'text')
    // how it went, once there is nothing left to send
    .addColumn('mails_sent', 'integer', (c) => c.notNull())
    .addColumn('mails_failed', 'integer', (c) => c.notNull())
    .addColumn('mails_dropped', 'integer', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('updates_by_statement_id')
    .on('updates')
    .columns(['statement_id', 'sent_at'])
    .execute()

  await db.schema
    .createTable('update_texts')
    .addColumn('update_id', 'text', (c) => c.notNull().references('updates.id').onDelete('cascade'))
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('update_texts_pk', ['update_id', 'language'])
    .execute()

  // who has got a mail of an update; only while it is being sent
  await db.schema
    .createTable('update_recipients')
    .addColumn('update_id', 'text', (c) => c.notNull().references('updates.id').onDelete('cascade'))
    .addColumn('endorsement_id', 'text', (c) =>
      c.notNull().references('endorsements.id').onDelete('cascade'),
    )
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('update_recipients_pk', ['update_id', 'endorsement_id'])
    .execute()
  await db.schema
    .createIndex('update_recipients_by_endorsement_id')
    .on('update_recipients')
    .columns(['endorsement_id'])
    .execute()

  await db.schema.alterTable('outbox').addColumn('update_id', 'text').execute()
  await db.schema
    .createIndex('outbox_by_update_id')
    .on('outbox')
    .columns(['update_id', 'state'])
    .execute()
}

async function createDeliveries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('deliveries')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    // as precise as it was given: 2026, 2026-12 or 2026-12-10
    .addColumn('happened_on', 'text', (c) => c.notNull())
    .addColumn('who', 'text', (c) => c.notNull())
    .addColumn('how', 'text', (c) => c.notNull())
    .addColumn('note', 'text', (c) => c.notNull())
    .addColumn('link', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('revision', 'integer', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('deliveries_by_statement_id')
    .on('deliveries')
    .columns(['statement_id', 'happened_on'])
    .execute()
}

/** Small enough to be kept in the row: base64, which both databases store alike. */
async function createDeliveryFiles(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('delivery_files')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('delivery_id', 'text', (c) =>
      c.notNull().references('deliveries.id').onDelete('cascade'),
    )
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('bytes', 'integer', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('added_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('delivery_files_by_delivery_id')
    .on('delivery_files')
    .columns(['delivery_id'])
    .execute()
}
