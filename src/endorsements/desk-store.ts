// The only SQL by which the desk reads the endorsements of a whole statement.
import { sql } from 'kysely'
import type { Db } from '../db/schema.ts'
import { openTurns } from '../db/turns.ts'
import type { Vault } from '../privacy/vault.ts'
import type { Endorsement, EndorsementState } from './endorsement.ts'
import { type EndorsementRow, openRow } from './endorsement-store.ts'

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
  return openAll(rows, vault)
}

/** Some of them, in the order of their ids; those that are gone are left out. */
export async function listByIds(db: Db, vault: Vault, ids: string[]): Promise<WithAddress[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('endorsements').selectAll().where('id', 'in', ids).execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return openAll(
    ids.flatMap((id) => byId.get(id) ?? []),
    vault,
  )
}

async function openAll(rows: EndorsementRow[], vault: Vault): Promise<WithAddress[]> {
  const turn = openTurns()
  const all: WithAddress[] = []
  for (const row of rows) {
    await turn()
    const { address_hash: bound, address_sealed: sealed } = row
    const address = sealed === '' ? null : vault.open('address', bound, sealed)
    all.push({ endorsement: openRow(row, vault), address })
  }
  return all
}

/** The organisations of some states whose name can be read, in the order in which they signed. */
export async function listOrganisationRevisions(
  db: Db,
  statementId: string,
  states: readonly EndorsementState[],
): Promise<{ id: string; revision: number }[]> {
  return db
    .selectFrom('endorsements')
    .select(['id', 'revision'])
    .where('statement_id', '=', statementId)
    .where('state', 'in', [...states])
    .where('type', '=', 'organisation')
    .where('details_sealed', '<>', '')
    .orderBy('signed_at')
    .orderBy('id')
    .execute()
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
