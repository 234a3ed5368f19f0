// A decision on an entry settles the reports about it; taking it back opens them again. So does what
// the endorser does: then there is nothing left to decide.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import type { Endorsement } from '../endorsements/endorsement.ts'
import { toTheMinute } from '../text/minutes.ts'
import { nameHashOf } from './removed-names.ts'
import {
  cutOff,
  deleteRemovedName,
  keepRemovedName,
  listReportsOf,
  settleAllOf,
  settleOne,
} from './report-store.ts'

type Needs = Pick<Context, 'vault' | 'clock'>

/**
 * @param answer for those who reported it; '' for none
 * @param seen the last one that was seen: those that came since wait on; null for all of them
 */
export async function settleReports(
  tx: Db,
  { vault, clock }: Needs,
  endorsement: Pick<Endorsement, 'id'>,
  { reviewId, answer, seen }: { reviewId: string; answer: string; seen: number | null },
): Promise<void> {
  const settled_at = toTheMinute(clock.now())
  for (const { id, nth } of await listReportsOf(tx, [endorsement.id], 'waiting')) {
    if (seen !== null && nth > seen) continue
    const answer_sealed = answer === '' ? '' : vault.seal('report', id, answer)
    await settleOne(tx, id, { settled_at, review_id: reviewId, answer_sealed })
  }
}

export { unsettle as reopenReports } from './report-store.ts'

/** The name of a rejected entry stays out, if it was reported by somebody. */
export async function keepNameOut(
  tx: Db,
  { vault }: Pick<Needs, 'vault'>,
  { id, statementId, details }: Endorsement,
): Promise<void> {
  const reports = await listReportsOf(tx, [id], 'all')
  if (details === null || reports.every(({ suspect }) => suspect === 1)) return
  const name_hash = nameHashOf(vault, statementId, details.name)
  await keepRemovedName(tx, { endorsement_id: id, statement_id: statementId, name_hash })
}

export async function noteWithdrawn(tx: Db, { clock }: Needs, id: string): Promise<void> {
  await settleAllOf(tx, id, toTheMinute(clock.now()))
}

/**
 * Of an entry that is erased or becomes confidential nothing is left that was written about it. A name
 * that a coordinator took out stays out.
 */
export async function forgetReportsOf(
  tx: Db,
  { clock }: Pick<Needs, 'clock'>,
  { id, state }: Pick<Endorsement, 'id' | 'state'>,
): Promise<void> {
  await cutOff(tx, id, toTheMinute(clock.now()))
  if (state !== 'rejected') await deleteRemovedName(tx, id)
}
