// Whom coordinators invited to endorse, and who does not want to be invited again.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('invitations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('address_hash', 'text', (c) => c.notNull().unique())
    .addColumn('details_sealed', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    // a day: who decides later is not reminded before
    .addColumn('reserved_until', 'text')
    .addColumn('token_hash', 'text', (c) => c.notNull().unique())
    .addColumn('stop_hash', 'text', (c) => c.notNull().unique())
    // never of a confidential endorsement: nothing may lead from it to a name
    .addColumn('endorsement_id', 'text')
    .addColumn('reminders', 'integer', (c) => c.notNull())
    .addColumn('last_mail_at', 'text', (c) => c.notNull())
    .addColumn('invited_at', 'text', (c) => c.notNull())
    // the last mail, and when one came back for good
    .addColumn('mail_id', 'text')
    .addColumn('bounced_at', 'text')
    .execute()
  await db.schema
    .createIndex('invitations_by_statement_id')
    .on('invitations')
    .columns(['statement_id', 'state'])
    .execute()
  await db.schema
    .createIndex('invitations_by_endorsement_id')
    .on('invitations')
    .columns(['endorsement_id'])
    .execute()

  // only of statements whose coordinators want other reminders than usual
  await db.schema
    .createTable('invitation_rules')
    .addColumn('statement_id', 'text', (c) => c.primaryKey().references('statements.id'))
    .addColumn('most_reminders', 'integer', (c) => c.notNull())
    .addColumn('days_between', 'integer', (c) => c.notNull())
    .execute()

  await db.schema
    .createTable('invitation_refusals')
    .addColumn('address_hash', 'text', (c) => c.primaryKey())
    .addColumn('since', 'text', (c) => c.notNull())
    .execute()
}
