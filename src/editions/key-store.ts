// The only SQL about the key that signs editions.
import type { Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { EditionTables } from './tables.ts'

type KeyRow = Selectable<EditionTables['signing_keys']>

export async function findKey(db: Db, id: string): Promise<KeyRow | null> {
  const row = await db
    .selectFrom('signing_keys')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/** Whoever comes first decides. */
export async function insertKey(db: Db, row: KeyRow): Promise<void> {
  await db
    .insertInto('signing_keys')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
