// The only SQL about sign-ons that are brought many at a time.
import { type Insertable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { EndorsementTables } from './tables.ts'

type Row = EndorsementTables['endorsements']

/** @returns the ids of those whose mailbox had not signed in this capacity; others stay as they are */
export async function insertBrought(db: Db, rows: Insertable<Row>[]): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const inserted = await db
    .insertInto('endorsements')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute()
  return new Set(inserted.map(({ id }) => id))
}

export async function insertConsents(
  db: Db,
  rows: Insertable<EndorsementTables['consents']>[],
): Promise<void> {
  await db.insertInto('consents').values(rows).execute()
}

/** Those of some hashes of mailbox and capacity that ever signed: the id of the newest of each. */
export async function findByCapacities(
  db: Db,
  capacityHashes: string[],
): Promise<Map<string, string>> {
  if (capacityHashes.length === 0) return new Map()
  const rows = await db
    .selectFrom('endorsements')
    .select(['id', 'capacity_hash'])
    .where('capacity_hash', 'in', capacityHashes)
    .orderBy('signed_at')
    .execute()
  return new Map(rows.map(({ id, capacity_hash }) => [capacity_hash, id]))
}

/** Of everybody who ever signed, the withdrawn too, but for confidential ones (product.md P-10). */
export async function listCapacities(db: Db, statementId: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('endorsements')
    .select('capacity_hash')
    .where('statement_id', '=', statementId)
    .where('visibility', '<>', 'confidential')
    .execute()
  return new Set(rows.map(({ capacity_hash }) => capacity_hash))
}

/** Mailboxes, as hashes, whose owners said that they did not sign, or to which no mail comes. */
export async function listAllSuppressed(db: Db, now: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('suppressions')
    .select('address_hash')
    .where('expires_at', '>', now)
    .execute()
  return new Set(rows.map(({ address_hash }) => address_hash))
}

/** Organisations whose name can be read, and could be after confirming. */
export async function listOrganisations(db: Db, statementId: string) {
  return db
    .selectFrom('endorsements')
    .select(['id', 'country', 'address_hash', 'address_sealed', 'details_sealed'])
    .where('statement_id', '=', statementId)
    .where('type', '=', 'organisation')
    .where('state', 'not in', ['withdrawn', 'rejected'])
    .where('visibility', '<>', 'confidential')
    .where('details_sealed', '<>', '')
    .execute()
}

/** Only as long as nobody has touched it; false: somebody has. */
export async function deleteUntouched(
  db: Db,
  { id, state }: Pick<Row, 'id' | 'state'>,
): Promise<boolean> {
  const result = await db
    .deleteFrom('endorsements')
    .where('id', '=', id)
    .where('state', '=', state)
    .where('revision', '=', 0)
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}
