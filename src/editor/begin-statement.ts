// Use case: somebody begins a statement, and belongs to its team from then on.
import type { Context } from '../context.ts'
import type { Session } from '../coordinators/sessions.ts'
import { joinTeam } from '../coordinators/teams.ts'
import { findStatementById } from '../statements/find-statement.ts'
import { createStatement } from '../statements/import-statement.ts'
import type { StatementFile } from '../statements/statement.ts'

/**
 * @param id made when the form was opened, so that sending it twice begins one statement
 * @returns the slug
 */
export async function beginStatement(
  ctx: Pick<Context, 'db' | 'clock' | 'random'>,
  id: string,
  file: StatementFile,
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
    return slug
  })
}
