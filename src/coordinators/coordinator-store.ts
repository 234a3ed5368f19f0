// The only SQL about coordinators and their teams. Those who were removed stay for the audit log.
import type { ExpressionBuilder, Insertable, Selectable } from 'kysely'
import type { Db, Tables } from '../db/schema.ts'
import type { Vault } from '../privacy/vault.ts'
import type { Coordinator } from './coordinator.ts'
import type { Role, TeamRole } from './roles.ts'
import type { CoordinatorTables } from './tables.ts'

type Row = Selectable<CoordinatorTables['coordinators']> & { passkeys: number | string | null }

const countPasskeys = (eb: ExpressionBuilder<Tables, 'coordinators'>) =>
  eb
    .selectFrom('passkeys')
    .select(({ fn }) => fn.countAll<number | string>().as('n'))
    .whereRef('passkeys.coordinator_id', '=', 'coordinators.id')
    .as('passkeys')

function open(row: Row, vault: Vault): Coordinator {
  return {
    id: row.id,
    name: row.name,
    organisation: row.organisation,
    email: vault.open('coordinator', row.id, row.email_sealed),
    role: row.role,
    language: row.language,
    hasCode: row.code_sealed !== '',
    hasFactor: row.code_sealed !== '' || Number(row.passkeys) > 0,
    createdAt: row.created_at,
  }
}

/** false: there is one with this address already. */
export async function insertCoordinator(
  db: Db,
  row: Insertable<CoordinatorTables['coordinators']>,
): Promise<boolean> {
  const result = await db
    .insertInto('coordinators')
    .values(row)
    .onConflict((conflict) => conflict.column('email_hash').doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

export async function findCoordinator(
  db: Db,
  vault: Vault,
  by: { id: string } | { emailHash: string },
): Promise<Coordinator | null> {
  const [column, value] =
    'id' in by ? (['id', by.id] as const) : (['email_hash', by.emailHash] as const)
  const row = await db
    .selectFrom('coordinators')
    .selectAll('coordinators')
    .select(countPasskeys)
    .where(column, '=', value)
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  return row ? open(row, vault) : null
}

/** Also false for who was removed. */
export async function isSomebody(db: Db, vault: Vault, id: string): Promise<boolean> {
  return (await findCoordinator(db, vault, { id })) !== null
}

export async function listCoordinators(db: Db, vault: Vault): Promise<Coordinator[]> {
  const rows = await db
    .selectFrom('coordinators')
    .selectAll('coordinators')
    .select(countPasskeys)
    .where('removed_at', 'is', null)
    .orderBy('created_at')
    .execute()
  return rows.map((row) => open(row, vault))
}

/** The names of all, of those who were removed, too; by id. */
export async function listNames(db: Db): Promise<Map<string, { name: string; isGone: boolean }>> {
  const rows = await db.selectFrom('coordinators').select(['id', 'name', 'removed_at']).execute()
  return new Map(
    rows.map(({ id, name, removed_at }) => [id, { name, isGone: removed_at !== null }]),
  )
}

export async function isAnybodyThere(db: Db): Promise<boolean> {
  const row = await db.selectFrom('coordinators').select('id').limit(1).executeTakeFirst()
  return row !== undefined
}

/** What somebody is in the team of one statement; null when they do not belong to it. */
export async function findTeamRole(
  db: Db,
  statementId: string,
  coordinatorId: string,
): Promise<TeamRole | null> {
  const row = await db
    .selectFrom('team_members')
    .select('role')
    .where('statement_id', '=', statementId)
    .where('coordinator_id', '=', coordinatorId)
    .executeTakeFirst()
  return row?.role ?? null
}

/** By the statement's id. */
export async function listTeamRoles(db: Db, coordinatorId: string): Promise<Map<string, TeamRole>> {
  const rows = await db
    .selectFrom('team_members')
    .select(['statement_id', 'role'])
    .where('coordinator_id', '=', coordinatorId)
    .execute()
  return new Map(rows.map((row) => [row.statement_id, row.role]))
}

export async function writeTeamMember(
  db: Db,
  member: Selectable<CoordinatorTables['team_members']>,
): Promise<void> {
  await db
    .insertInto('team_members')
    .values(member)
    .onConflict((conflict) =>
      conflict.columns(['statement_id', 'coordinator_id']).doUpdateSet({ role: member.role }),
    )
    .execute()
}

/** false for somebody who did not belong to it. */
export async function deleteTeamMember(
  db: Db,
  statementId: string,
  coordinatorId: string,
): Promise<boolean> {
  const result = await db
    .deleteFrom('team_members')
    .where('statement_id', '=', statementId)
    .where('coordinator_id', '=', coordinatorId)
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** Those of one statement, by name. */
export async function listTeam(
  db: Db,
  statementId: string,
): Promise<{ id: string; name: string; organisation: string; role: TeamRole }[]> {
  return db
    .selectFrom('team_members as m')
    .innerJoin('coordinators as c', 'c.id', 'm.coordinator_id')
    .select(['c.id', 'c.name', 'c.organisation', 'm.role'])
    .where('m.statement_id', '=', statementId)
    .where('c.removed_at', 'is', null)
    .orderBy('c.name')
    .execute()
}

export async function changeRole(db: Db, id: string, role: Role): Promise<void> {
  await db.updateTable('coordinators').set({ role }).where('id', '=', id).execute()
}

/** Nobody signs in with this address any more; it can be added anew. */
export async function removeCoordinator(db: Db, id: string, now: string): Promise<void> {
  await db.deleteFrom('team_members').where('coordinator_id', '=', id).execute()
  await db.deleteFrom('desk_sessions').where('coordinator_id', '=', id).execute()
  await db.deleteFrom('sign_in_links').where('coordinator_id', '=', id).execute()
  await db.deleteFrom('passkeys').where('coordinator_id', '=', id).execute()
  await db.deleteFrom('recovery_codes').where('coordinator_id', '=', id).execute()
  await db
    .updateTable('coordinators')
    .set({ removed_at: now, email_hash: id, email_sealed: '', code_sealed: '' })
    .where('id', '=', id)
    .execute()
}

/** Locks the admins against each other, so that two cannot both be "not the last". */
export async function countOtherAdmins(tx: Db, id: string): Promise<number> {
  const rows = await tx
    .updateTable('coordinators')
    .set((eb) => ({ role: eb.ref('role') }))
    .where('role', '=', 'admin')
    .where('removed_at', 'is', null)
    .returning('id')
    .execute()
  return rows.filter((row) => row.id !== id).length
}
