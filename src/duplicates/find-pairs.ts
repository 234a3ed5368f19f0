// Use case: which organisations on a statement may be one, and why. What was found "not the same" is
// not shown again.
import type { Context } from '../context.ts'
import { listByIds, type WithAddress } from '../endorsements/decide.ts'
import type { Likeness } from '../text/similar-names.ts'
import { listDecided, pairKey } from './pair-store.ts'

export interface Pair {
  /** the one that was signed first */
  first: WithAddress
  second: WithAddress
  why: Likeness[]
}

/** One page of them, the most alike first, and how many there are. */
export async function findPairs(
  { db, vault, likenesses }: Context,
  statementId: string,
  { page, perPage }: { page: number; perPage: number },
): Promise<{ pairs: Pair[]; total: number }> {
  const decided = await listDecided(db, statementId)
  const { pairs } = await likenesses.on(statementId)
  const open = pairs.filter(({ first, second }) => !decided.has(pairKey(first.id, second.id)))
  const shown = open.slice((page - 1) * perPage, page * perPage)
  const ids = new Set(shown.flatMap(({ first, second }) => [first.id, second.id]))
  const entries = await listByIds(db, vault, [...ids])
  const byId = new Map(entries.map((each) => [each.endorsement.id, each]))
  return {
    total: open.length,
    pairs: shown.flatMap(({ first, second, why }) => {
      const [one, other] = [byId.get(first.id), byId.get(second.id)]
      return one && other ? [{ first: one, second: other, why }] : []
    }),
  }
}
