// Decisions of coordinators on endorsements, with their reasons; pairs that are one or are not; and
// invalidations of many at once.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('reviews')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('endorsement_id', 'text', (c) =>
      c.notNull().references('endorsements.id').onDelete('cascade'),
    )
    .addColumn('coordinator_id', 'text', (c) => c.notNull().references('coordinators.id'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('decision', 'text', (c) => c.notNull())
    // from a list that the endorser may be told; the coordinator's own words are sealed
    .addColumn('reason', 'text')
    .addColumn('note_sealed', 'text', (c) => c.notNull())
    .addColumn('before_state', 'text', (c) => c.notNull())
    .addColumn('before_verification', 'text')
    // the endorsement's revision after the decision: while it is still that one, it can be undone
    .addColumn('after_revision', 'integer', (c) => c.notNull())
    .addColumn('undone_at', 'text')
    // the invalidation it was a part of
    .addColumn('invalidation_id', 'text')
    .execute()
  await index(db, 'reviews', ['statement_id', 'at'])
  await index(db, 'reviews', ['endorsement_id'])
  await index(db, 'reviews', ['invalidation_id'])

  // what the desk pages through, in the order in which it was signed
  await index(db, 'endorsements', ['statement_id', 'state', 'signed_at', 'id'])

  await db.schema
    .createTable('review_looks')
    .addColumn('endorsement_id', 'text', (c) =>
      c.primaryKey().references('endorsements.id').onDelete('cascade'),
    )
    .addColumn('coordinator_id', 'text', (c) => c.notNull().references('coordinators.id'))
    .addColumn('until', 'text', (c) => c.notNull())
    .execute()

  // two entries and what was found of them: one organisation (merged), or not the same
  await db.schema
    .createTable('pairs')
    .addColumn('first_id', 'text', (c) =>
      c.notNull().references('endorsements.id').onDelete('cascade'),
    )
    .addColumn('second_id', 'text', (c) =>
      c.notNull().references('endorsements.id').onDelete('cascade'),
    )
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('coordinator_id', 'text', (c) => c.notNull().references('coordinators.id'))
    .addColumn('at', 'text', (c) => c.notNull())
    // the one that stays; empty when they are not the same
    .addColumn('kept_id', 'text')
    // how the one that stays was checked before; only where the merge has changed it
    .addColumn('kept_verification', 'text')
    .addPrimaryKeyConstraint('pairs_pk', ['first_id', 'second_id'])
    .execute()
  await index(db, 'pairs', ['statement_id'])

  // many endorsements that are taken out together; the reason and the numbers are public
  await db.schema
    .createTable('invalidations')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('statement_id', 'text', (c) => c.notNull().references('statements.id'))
    .addColumn('coordinator_id', 'text', (c) => c.notNull().references('coordinators.id'))
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('criteria_sealed', 'text', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('started_at', 'text')
    .addColumn('ended_at', 'text')
    .execute()
  await index(db, 'invalidations', ['statement_id'])
}

async function index(db: Kysely<unknown>, on: string, columns: string[]): Promise<void> {
  await db.schema
    .createIndex(`${on}_by_${columns.join('_')}`)
    .on(on)
    .columns(columns)
    .execute()
}
