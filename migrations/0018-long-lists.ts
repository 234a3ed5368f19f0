// Lists of a million: how many entries each filter lets through is kept, and the stored order knows what
// is filtered by, so that a page far inside is found in one index. PostgreSQL also gets an index for
// parts of names where it may have one; SQLite gets its own with the first long list.
import { type Kysely, sql } from 'kysely'
import type { Portable } from './index.ts'

export async function up(db: Kysely<unknown>, { trigrams }: Portable): Promise<void> {
  await countListed(db)
  await putIntoOrder(db)
  if (trigrams !== null) await trigrams.execute(db)
}

async function countListed(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('listed_counts')
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('country', 'text', (c) => c.notNull())
    .addColumn('verification', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('n', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('listed_counts_pk', [
      'statement_id',
      'type',
      'country',
      'verification',
      'language',
    ])
    .execute()
  await sql`
    insert into listed_counts (statement_id, type, country, verification, language, n)
    select statement_id, type, country, verification, language, count(*) from signatories
    group by 1, 2, 3, 4, 5
  `.execute(db)
}

async function putIntoOrder(db: Kysely<unknown>): Promise<void> {
  const columns = ['country', 'verification', 'language']
  for (const column of columns) {
    await db.schema
      .alterTable('signatory_order')
      .addColumn(column, 'text', (c) => c.notNull().defaultTo(''))
      .execute()
  }
  await db.schema
    .dropIndex('signatory_order_by_statement_id_collation_sort_key_endorsement_id')
    .execute()
  await sql`
    update signatory_order set country = s.country, verification = s.verification,
      language = s.language
    from signatories s where s.endorsement_id = signatory_order.endorsement_id
  `.execute(db)
  await db.schema
    .createIndex('signatory_order_by_place')
    .on('signatory_order')
    .columns(['statement_id', 'collation', 'sort_key', 'endorsement_id', ...columns])
    .execute()
}
