// Entries are numbered in the order in which they come on the list. Who was never on it has no number:
// a gap would tell that somebody hidden confirmed that day (product.md P-11).
import type { Db } from '../db/schema.ts'
import { type Endorsement, shownState } from './endorsement.ts'
import { giveNumber, giveNumbers } from './endorsement-store.ts'

/**
 * With the number that it keeps from the first moment of being named, also when it is hidden later.
 * Who is suspected of abuse gets one as well, or its absence would tell them (product.md S-6).
 */
export async function numbered(tx: Db, endorsement: Endorsement): Promise<Endorsement> {
  if (!needsNumber(endorsement)) return endorsement
  return { ...endorsement, number: await giveNumber(tx, endorsement) }
}

/** The same for many of one statement. */
export async function allNumbered(tx: Db, endorsements: Endorsement[]): Promise<Endorsement[]> {
  const wanting = endorsements.filter(needsNumber)
  const ids = wanting.map(({ id }) => id)
  const numbers = await giveNumbers(tx, wanting[0]?.statementId ?? '', ids)
  return endorsements.map((each) => ({ ...each, number: numbers.get(each.id) ?? each.number }))
}

function needsNumber({ state, visibility, number }: Endorsement): boolean {
  return visibility === 'listed' && shownState(state) === 'confirmed' && number === null
}
