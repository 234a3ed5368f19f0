// Use case: what was decided on a pair is taken back, and the pair is shown again.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { decideOn, lockOne } from '../endorsements/decide.ts'
import { takeBackMerge } from '../review/take-back.ts'
import { type By, type Merged, note } from './merge.ts'
import { deletePair, type PairRow } from './pair-store.ts'

class Changed extends Error {}

/** All or nothing: `changed` when the one that was merged has changed since, or somebody was faster. */
export async function undoPair(
  ctx: Context,
  by: By,
  firstId: string,
  secondId: string,
): Promise<Merged> {
  try {
    return await ctx.db.transaction().execute(async (tx) => {
      const pair = await deletePair(tx, by.statement.id, firstId, secondId)
      if (!pair) return 'changed'
      const isMerge = pair.kept_id !== null
      if (isMerge && !(await takeApart(tx, ctx, pair))) throw new Changed()
      await note(tx, ctx, by, 'pair undone', { first: firstId, second: secondId })
      return 'done'
    })
  } catch (fault) {
    if (fault instanceof Changed) return 'changed'
    throw fault
  }
}

async function takeApart(tx: Db, ctx: Context, pair: PairRow): Promise<boolean> {
  const { statement_id, kept_id, kept_verification: verification } = pair
  // always the smaller id first, as who merges does
  const first = await lockOne(tx, ctx.vault, statement_id, pair.first_id)
  const second = await lockOne(tx, ctx.vault, statement_id, pair.second_id)
  const [stays, goes] = kept_id === pair.first_id ? [first, second] : [second, first]
  if (!goes || !(await takeBackMerge(tx, ctx, goes.id))) return false
  if (stays && verification !== null && stays.verification === goes.verification) {
    await decideOn(tx, ctx, stays, { state: stays.state, verification })
  }
  return true
}
