// Counts the changes of each cell, so that whoever keeps a page knows whether it is still true. In the
// row that such a change writes anyway: no row is written more often for it.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('tallies')
    // not 0: a new cell is a change as well
    .addColumn('revision', 'integer', (c) => c.notNull().defaultTo(1))
    .execute()
}
