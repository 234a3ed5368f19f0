// The consultative status that organisations on the list have with ECOSOC, as coordinators note it. It
// goes with the entry of the list, so that nothing is known of whoever is not on it.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('ecosoc_statuses')
    .addColumn('endorsement_id', 'text', (c) =>
      c.primaryKey().references('signatories.endorsement_id').onDelete('cascade'),
    )
    .addColumn('status', 'text', (c) => c.notNull())
    .execute()
}
