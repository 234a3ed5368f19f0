// How many mails about a statement the mail server has taken: the mails themselves are forgotten.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('mail_tallies')
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('sent', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('mail_tallies_pk', ['statement_id', 'kind'])
    .execute()
}
