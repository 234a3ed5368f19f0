// Invalidations look for names, and what they looked for is kept: until the contact data goes, or the one
// who is named wants to be erased.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import type { Endorsement } from '../endorsements/endorsement.ts'
import { matcherOf, nothingAsked } from './criteria.ts'
import { criteriaOf } from './invalidate.ts'
import { forgetCriteriaOf, listEnded } from './invalidation-store.ts'

export async function forgetCriteria(tx: Db, statementIds: string[]): Promise<number> {
  return forgetCriteriaOf(tx, { statementIds })
}

/** Of all that has ended and looked for words in their names. */
export async function forgetCriteriaNaming(
  tx: Db,
  ctx: Context,
  endorsements: Endorsement[],
): Promise<void> {
  for (const row of await listEnded(tx)) {
    const { text } = criteriaOf(ctx, row)
    const isNamed = matcherOf({ ...nothingAsked, text })
    const isTheirs = endorsements.some((endorsement) => isNamed({ endorsement, address: null }))
    if (text !== '' && isTheirs) await forgetCriteriaOf(tx, { id: row.id })
  }
}
