// Who stands first in the list, because a coordinator put them there.
import type { Kysely } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('signatories').addColumn('first_place', 'integer').execute()
  await db.schema
    .createIndex('signatories_by_first_place')
    .unique()
    .on('signatories')
    .columns(['statement_id', 'first_place'])
    .where('first_place' as never, 'is not', null)
    .execute()
}
