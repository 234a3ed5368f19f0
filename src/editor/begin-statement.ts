// Use case: somebody begins a statement, belongs to its team from then on, and invites the first.
import type { Context } from '../context.ts'
import type { Session } from '../coordinators/sessions.ts'
import { joinTeam } from '../coordinators/teams.ts'
import { inviteIn, type Invitee } from '../invitations/invite.ts'
import { findStatementById } from '../statements/find-statement.ts'
import { createStatement } from '../statements/import-statement.ts'
import type { StatementFile } from '../statements/statement.ts'

/**
 * @param id made when the form was opened, so that sending it twice begins one statement
 * @returns the slug
 */
export async function beginStatement(
  ctx: Pick<Context, 'db' | 'vault' | 'clock' | 'random'>,
  id: string,
  { file, invitees }: { file: StatementFile; invitees: Invitee[] },
  coordinator: Session['coordinator'],
): Promise<string> {
  return ctx.db.transaction().execute(async (tx) => {
    const actor = coordinator.id
    const slug = await createStatement(tx, ctx, id, file, actor)
    if (slug === null) return (await findStatementById(tx, id))?.slug ?? ''
    if (coordinator.role !== 'admin') {
      const joining = { coordinatorId: actor, role: 'coordinator' } as const
      await joinTeam(tx, ctx, { ...joining, statement: { id, slug } }, actor)
    }
    await inviteIn(tx, ctx, { id, slug }, invitees, actor)
    return slug
  })
}
