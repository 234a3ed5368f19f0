// Use cases: who belongs to a statement. People see only their statements (product.md §1).
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import {
  deleteTeamMember,
  findTeamRole,
  listNames,
  listTeam,
  listTeamRoles,
  writeTeamMember,
} from './coordinator-store.ts'
import type { TeamRole } from './roles.ts'

export async function findTeamRoleOf(
  { db }: Pick<Context, 'db'>,
  statementId: string,
  coordinatorId: string,
): Promise<TeamRole | null> {
  return findTeamRole(db, statementId, coordinatorId)
}

/** Of everybody who works or worked at the desk. */
export async function namesOfCoordinators({ db }: Pick<Context, 'db'>) {
  return listNames(db)
}

/** By the statement's id. */
export async function teamRolesOf({ db }: Pick<Context, 'db'>, coordinatorId: string) {
  return listTeamRoles(db, coordinatorId)
}

export async function teamOf({ db }: Pick<Context, 'db'>, statementId: string) {
  return listTeam(db, statementId)
}

export interface Joining {
  statement: { id: string; slug: string }
  coordinatorId: string
  role: TeamRole
}

/** Also changes the role of somebody who is there already. */
export async function joinTeam(
  tx: Db,
  { clock }: Pick<Context, 'clock'>,
  { statement, coordinatorId, role }: Joining,
  actor: string,
): Promise<void> {
  const added_at = clock.now().toISOString()
  const member = { statement_id: statement.id, coordinator_id: coordinatorId, role, added_at }
  await writeTeamMember(tx, member)
  const detail = { person: coordinatorId, role }
  await record(tx, { clock }, { actor, action: 'team changed', subject: statement.slug, detail })
}

export async function leaveTeam(
  tx: Db,
  { clock }: Pick<Context, 'clock'>,
  { statement, coordinatorId }: Omit<Joining, 'role'>,
  actor: string,
): Promise<void> {
  if (!(await deleteTeamMember(tx, statement.id, coordinatorId))) return
  const detail = { person: coordinatorId, role: null }
  await record(tx, { clock }, { actor, action: 'team changed', subject: statement.slug, detail })
}
