// Use case: which organisations on a statement may be one, and why. What was found "not the same" is
// not shown again.
import type { Context } from '../context.ts'
import { openTurns } from '../db/turns.ts'
import { listByState, type WithAddress } from '../endorsements/decide.ts'
import { domainsOf } from '../review/signals.ts'
import { type Likeness, type Named, openSimilarNames, possible } from '../text/similar-names.ts'
import { listDecided, pairKey } from './pair-store.ts'

interface Entry extends Named {
  with: WithAddress
}

export interface Pair {
  first: WithAddress
  second: WithAddress
  score: number
  why: Likeness[]
}

/** The most alike first; the one that was signed first is the first of its pair. */
export async function findPairs(ctx: Context, statementId: string): Promise<Pair[]> {
  const states = ['confirmed', 'held', 'suspect'] as const
  const all = await listByState(ctx.db, ctx.vault, statementId, states)
  const decided = await listDecided(ctx.db, statementId)
  const names = openSimilarNames<Entry>([], possible)
  const turn = openTurns()
  const pairs: Pair[] = []
  for (const item of all.flatMap(entryOf)) {
    await turn()
    for (const { item: known, score, why } of names.similarTo(item)) {
      const [first, second] = [known.with, item.with]
      if (decided.has(pairKey(first.endorsement.id, second.endorsement.id))) continue
      pairs.push({ first, second, score, why })
    }
    names.add(item)
  }
  return pairs.sort((a, b) => b.score - a.score)
}

function entryOf(each: WithAddress): Entry[] {
  const { details, type, country } = each.endorsement
  if (details === null || type === 'individual') return []
  const { mailbox, website } = domainsOf(each.endorsement, each.address)
  const { name, acronym } = details
  return [{ name, acronym, country, domain: website ?? mailbox, with: each }]
}
