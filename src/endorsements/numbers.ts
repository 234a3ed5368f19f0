// Entries are numbered in the order in which they come on the list. Who was never on it has no number:
// a gap would tell that somebody hidden confirmed that day (product.md P-11).
import type { Db } from '../db/schema.ts'
import { type Endorsement, shownState } from './endorsement.ts'
import { giveNumber } from './endorsement-store.ts'

/**
 * With the number that it keeps from the first moment of being named, also when it is hidden later.
 * Who is suspected of abuse gets one as well, or its absence would tell them (product.md S-6).
 */
export async function numbered(tx: Db, endorsement: Endorsement): Promise<Endorsement> {
  const { state, visibility, number } = endorsement
  const isOnList = visibility === 'listed' && shownState(state) === 'confirmed'
  if (!isOnList || number !== null) return endorsement
  return { ...endorsement, number: await giveNumber(tx, endorsement) }
}
