// How many of the list came on which day is then read from an index alone, however long the list is.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('signatories_by_day')
    .on('signatories')
    .columns(['statement_id', 'confirmed_on', 'type'])
    .execute()
}
