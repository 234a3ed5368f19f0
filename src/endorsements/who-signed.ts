// Whether a mailbox has anything to do with a statement already: it signed, withdrew, or wants no mail.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { addressHashOf } from './capacity.ts'
import { findAllByAddress, isSuppressed } from './endorsement-store.ts'

/**
 * `endorsed`: for an organisation, in a way that coordinators can read · `other`: anything else that
 * is a reason not to write to this mailbox · `none`
 */
export type Standing =
  { standing: 'endorsed'; endorsementId: string } | { standing: 'other' } | { standing: 'none' }

export async function standingOf(
  db: Db,
  { vault, clock }: Pick<Context, 'vault' | 'clock'>,
  statementId: string,
  canonical: string,
): Promise<Standing> {
  const hash = addressHashOf(vault, statementId, canonical)
  const all = await findAllByAddress(db, vault, [hash])
  const own = all.find(
    ({ type, state, details }) =>
      type === 'organisation' &&
      details !== null &&
      ['confirmed', 'held', 'suspect'].includes(state),
  )
  if (own) return { standing: 'endorsed', endorsementId: own.id }
  const isOther = all.length > 0 || (await isSuppressed(db, hash, clock.now().toISOString()))
  return { standing: isOther ? 'other' : 'none' }
}
