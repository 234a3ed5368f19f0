// How many of the list came on which day is kept: with a million entries, counting them took a tenth of
// a second for each new page for the press. The index that they were counted in has served.
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('listed_days')
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('confirmed_on', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('n', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('listed_days_pk', ['statement_id', 'confirmed_on', 'type', 'country'])
    .execute()
  await sql`
    insert into listed_days (statement_id, confirmed_on, type, country, n)
    select statement_id, confirmed_on, type, country, count(*) from signatories group by 1, 2, 3, 4
  `.execute(db)
  await db.schema.dropIndex('signatories_by_day').execute()
}
