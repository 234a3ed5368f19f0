// What anybody reports about an entry of the list, and the names that were removed after a report.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reports')
    .addColumn('id', 'text', (c) => c.primaryKey())
    // the link to the outcome; only its keyed hash is here
    .addColumn('token_hash', 'text', (c) => c.notNull().unique())
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    // empty once the entry is erased, or confidential
    .addColumn('endorsement_id', 'text', (c) =>
      c.references('endorsements.id').onDelete('set null'),
    )
    // counts those of an entry, so that a decision settles only what was seen
    .addColumn('nth', 'integer', (c) => c.notNull())
    // of the entry on the public list
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('words_sealed', 'text', (c) => c.notNull())
    // keyed hash of what the list showed
    .addColumn('shown_hash', 'text', (c) => c.notNull())
    .addColumn('suspect', 'integer', (c) => c.notNull())
    .addColumn('reported_at', 'text', (c) => c.notNull())
    .addColumn('settled_at', 'text')
    // the decision that settled it; empty when the endorser did
    .addColumn('review_id', 'text')
    .addColumn('answer_sealed', 'text', (c) => c.notNull())
    .execute()
  await index(db, 'reports', ['endorsement_id'])
  await index(db, 'reports', ['statement_id', 'settled_at'])
  await index(db, 'reports', ['settled_at', 'reported_at'])

  // outlives the entry, which its endorser may erase; so it points to no row
  await db.schema
    .createTable('removed_names')
    .addColumn('endorsement_id', 'text', (c) => c.primaryKey())
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('name_hash', 'text', (c) => c.notNull())
    .execute()
  await index(db, 'removed_names', ['name_hash'])
  await index(db, 'removed_names', ['statement_id'])
}

async function index(db: Kysely<unknown>, on: string, columns: string[]): Promise<void> {
  await db.schema
    .createIndex(`${on}_by_${columns.join('_')}`)
    .on(on)
    .columns(columns)
    .execute()
}
