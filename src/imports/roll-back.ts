// Use case: takes a batch back, some rows at a time, so that nobody else has to wait; broken off, it
// is completed by doing it again. What its owner confirmed, or somebody else changed, stays.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { scrub } from '../db/scrub.ts'
import { openTurns } from '../db/turns.ts'
import { takeBack } from '../endorsements/brought.ts'
import type { Statement } from '../statements/stored-statement.ts'
import {
  isStanding,
  listRowsOf,
  markRolledBack,
  noteRolledBack,
  releaseHashes,
} from './import-store.ts'

const atOnce = 100

export type RolledBack =
  { outcome: 'rolled-back'; removed: number; kept: number } | { outcome: 'not-there' }

export async function rollBack(
  ctx: Context,
  statement: Statement,
  id: string,
  actor: string,
): Promise<RolledBack> {
  const ids = await listRowsOf(ctx.db, id)
  const turn = openTurns()
  for (let from = 0; from < ids.length; from += atOnce) {
    await turn()
    await ctx.db.transaction().execute(async (tx) => {
      if (!(await isStanding(tx, id, statement.id))) return
      for (const each of ids.slice(from, from + atOnce)) await takeBack(tx, ctx, each)
    })
  }
  const rolledBack = await ctx.db.transaction().execute(async (tx): Promise<RolledBack> => {
    if (!(await markRolledBack(tx, id, statement.id))) return { outcome: 'not-there' }
    const kept = (await listRowsOf(tx, id)).length
    // who had signed before counts as removed: a smaller number would tell of them
    const brought = Math.max(ids.length, await releaseHashes(tx, id))
    const numbers = { removed: brought - kept, kept }
    await noteRolledBack(tx, id, numbers)
    const detail = { batch: id, ...numbers }
    const subject = statement.slug
    await record(tx, ctx, { actor, action: 'import rolled back', subject, detail })
    return { outcome: 'rolled-back', ...numbers }
  })
  if (rolledBack.outcome === 'rolled-back') await scrub(ctx.db, ctx.config.database.kind)
  return rolledBack
}
