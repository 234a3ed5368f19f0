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

type Signed = Pick<Row, 'id' | 'capacity_hash' | 'visibility'>

/** Whoever ever signed from some mailboxes, the withdrawn too, the newest last. */
export async function findByMailboxes(db: Db, addressHashes: string[]): Promise<Signed[]> {
  if (addressHashes.length === 0) return []
  return db
    .selectFrom('endorsements')
    .select(['id', 'capacity_hash', 'visibility'])
    .where('address_hash', 'in', addressHashes)
    .orderBy('signed_at')
    .execute()
}

const columns = [
  'id',
  'signed_at',
  'country',
  'address_hash',
  'address_sealed',
  'details_sealed',
] as const
export type OrganisationRow = Pick<Row, (typeof columns)[number]>

const withName = ['pending', 'suspect', 'held', 'confirmed'] as const
const atOnce = 500

/**
 * Organisations whose name can be read, and could be after confirming, some hundred at a time. Who moves
 * on while they are read may come twice.
 */
export async function* readOrganisations(
  db: Db,
  statementId: string,
): AsyncGenerator<OrganisationRow[]> {
  for (const state of withName) {
    let after: Pick<Row, 'signed_at' | 'id'> = { signed_at: '', id: '' }
    for (;;) {
      const rows = await organisationsAfter(db, statementId, state, after)
      if (rows.length > 0) yield rows
      const last = rows.at(-1)
      if (!last || rows.length < atOnce) break
      after = last
    }
  }
}

async function organisationsAfter(
  db: Db,
  statementId: string,
  state: (typeof withName)[number],
  after: Pick<Row, 'signed_at' | 'id'>,
): Promise<OrganisationRow[]> {
  return db
    .selectFrom('endorsements')
    .select(columns)
    .where('statement_id', '=', statementId)
    .where('state', '=', state)
    .where((eb) => eb(eb.refTuple('signed_at', 'id'), '>', eb.tuple(after.signed_at, after.id)))
    .where('type', '=', 'organisation')
    .where('visibility', '<>', 'confidential')
    .where('details_sealed', '<>', '')
    .orderBy('signed_at')
    .orderBy('id')
    .limit(atOnce)
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
