// The only SQL by which the desk reads the endorsements of a whole statement.
import { sql } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { Vault } from '../privacy/vault.ts'
import type { Endorsement, EndorsementState } from './endorsement.ts'
import { openRow } from './endorsement-store.ts'

/** An endorsement with its mailbox, null when it was destroyed. */
export interface WithAddress {
  endorsement: Endorsement
  address: string | null
}

/** Those of some states, in the order in which they were signed. */
export async function listByState(
  db: Db,
  vault: Vault,
  statementId: string,
  states: readonly EndorsementState[],
): Promise<WithAddress[]> {
  const rows = await db
    .selectFrom('endorsements')
    .selectAll()
    .where('statement_id', '=', statementId)
    .where('state', 'in', [...states])
    .orderBy('signed_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    endorsement: openRow(row, vault),
    address:
      row.address_sealed === ''
        ? null
        : vault.open('address', row.address_hash, row.address_sealed),
  }))
}

/** Names by id; none for those whose name was destroyed. */
export async function listNames(db: Db, vault: Vault, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('endorsements').selectAll().where('id', 'in', ids).execute()
  const read = rows.map((row) => openRow(row, vault))
  return new Map(read.flatMap(({ id, details }) => (details ? [[id, details.name]] : [])))
}

/** One of a statement, kept from changing until the transaction ends. */
export async function lockOne(
  tx: Db,
  vault: Vault,
  statementId: string,
  id: string,
): Promise<Endorsement | null> {
  const row = await tx
    .updateTable('endorsements')
    .set({ revision: sql<number>`revision` })
    .where('id', '=', id)
    .where('statement_id', '=', statementId)
    .returningAll()
    .executeTakeFirst()
  return row ? openRow(row, vault) : null
}
