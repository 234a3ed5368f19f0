// Use case: takes a batch back. What its owner confirmed, or somebody else changed, stays.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { scrub } from '../db/scrub.ts'
import { takeBack } from '../endorsements/brought.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { listRowsOf, markRolledBack, noteRolledBack } from './import-store.ts'

export type RolledBack =
  { outcome: 'rolled-back'; removed: number; kept: number } | { outcome: 'not-there' }

export async function rollBack(
  ctx: Context,
  statement: Statement,
  id: string,
  actor: string,
): Promise<RolledBack> {
  const rolledBack = await ctx.db.transaction().execute(async (tx): Promise<RolledBack> => {
    if (!(await markRolledBack(tx, id, statement.id))) return { outcome: 'not-there' }
    const ids = await listRowsOf(tx, id)
    let removed = 0
    for (const each of ids) if (await takeBack(tx, ctx, each)) removed += 1
    const numbers = { removed, kept: ids.length - removed }
    await noteRolledBack(tx, id, numbers)
    const detail = { batch: id, ...numbers }
    const subject = statement.slug
    await record(tx, ctx, { actor, action: 'import rolled back', subject, detail })
    return { outcome: 'rolled-back', ...numbers }
  })
  if (rolledBack.outcome === 'rolled-back') await scrub(ctx.db, ctx.config.database.kind)
  return rolledBack
}
