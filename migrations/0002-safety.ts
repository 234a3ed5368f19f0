// Hidden names, switches, the audit log, which mails were sent (to know a true bounce), and breakdowns.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('statements').addColumn('names_hidden', 'text').execute()
  await db.schema.alterTable('statements').addColumn('names_hidden_at', 'text').execute()
  await db.schema.alterTable('statements').addColumn('paused_at', 'text').execute()
  await db.schema
    .alterTable('statements')
    .addColumn('protected_names', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute()
  await db.schema
    .alterTable('statements')
    .addColumn('proof_of_work', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()

  // 1 once address, contact person and keyed hashes of a mailbox were destroyed (product.md P-9)
  await db.schema
    .alterTable('endorsements')
    .addColumn('contact_forgotten', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()
  await db.schema
    .createIndex('endorsements_by_statement_id_contact_forgotten')
    .on('endorsements')
    .columns(['statement_id', 'contact_forgotten'])
    .execute()

  await db.schema
    .createTable('switches')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('since', 'text', (c) => c.notNull())
    .execute()

  await db.schema
    .createTable('audit_log')
    .addColumn('seq', 'integer', (c) => c.primaryKey())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('detail', 'text', (c) => c.notNull())
    .addColumn('previous_hash', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .execute()

  await db.schema
    .createTable('sent_mails')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('endorsement_id', 'text', (c) =>
      c.notNull().references('endorsements.id').onDelete('cascade'),
    )
    .addColumn('address_hash', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .execute()
  await db.schema
    .createIndex('sent_mails_by_expires_at')
    .on('sent_mails')
    .columns(['expires_at'])
    .execute()
  await db.schema
    .createIndex('sent_mails_by_endorsement_id')
    .on('sent_mails')
    .columns(['endorsement_id'])
    .execute()

  await db.schema
    .createTable('alarms')
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('raised_at', 'text', (c) => c.notNull())
    .addColumn('last_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('alarms_pk', ['name', 'subject'])
    .execute()

  // What is told of hidden endorsers by country: made once, when nobody can sign any more, as JSON
  await db.schema
    .createTable('breakdowns')
    .addColumn('statement_id', 'text', (c) => c.primaryKey().references('statements.id'))
    .addColumn('taken_at', 'text', (c) => c.notNull())
    .addColumn('told', 'text', (c) => c.notNull())
    .execute()
}
