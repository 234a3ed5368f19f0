// Use cases: two entries are one organisation, or they are not. One of them stays; the other is no
// longer counted and keeps its evidence of consent. Of two coordinators at one pair one wins.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { decideOn, lockOne } from '../endorsements/decide.ts'
import type { Endorsement, Verification } from '../endorsements/endorsement.ts'
import { keepReview, type Picked } from '../review/decide.ts'
import { insertPair, type PairRow } from './pair-store.ts'

export interface By {
  statement: { id: string; slug: string }
  coordinator: { id: string }
}

/** An entry as the coordinator saw it. */
export type Seen = Pick<Picked, 'id' | 'revision'>

export type Merged = 'done' | 'changed'

/** What speaks more for an entry comes later. */
const strength: readonly (Verification | null)[] = [
  null,
  'imported',
  'email',
  'domain',
  'coordinator',
]

/** @param kept the one that stays, as the coordinator saw it */
export async function merge(ctx: Context, by: By, kept: Seen, other: Seen): Promise<Merged> {
  return ctx.db.transaction().execute(async (tx) => {
    const both = await lockBoth(tx, ctx, by, kept, other)
    if (!both) return 'changed'
    const [stays, goes] = both
    const { state, verification } = stays
    const isStronger = strength.indexOf(goes.verification) > strength.indexOf(verification)
    const keeps = { kept_id: kept.id, kept_verification: isStronger ? verification : null }
    if (!(await keepPair(tx, ctx, by, [kept, other], keeps))) return 'changed'
    if (isStronger) await decideOn(tx, ctx, stays, { state, verification: goes.verification })
    const gone = { state: 'rejected' as const, verification: goes.verification }
    await decideOn(tx, ctx, goes, gone)
    const verdict = {
      decision: 'merged',
      reason: 'duplicate',
      note: '',
      answer: '',
      reports: null,
    } as const
    await keepReview(tx, ctx, by, goes, verdict)
    await note(tx, ctx, by, 'endorsements merged', { kept: kept.id, merged: other.id })
    return 'done'
  })
}

/** Remembered: this pair is not shown again. */
export async function tellApart(ctx: Context, by: By, one: Seen, other: Seen): Promise<Merged> {
  return ctx.db.transaction().execute(async (tx) => {
    const both = await lockBoth(tx, ctx, by, one, other)
    const keepsBoth = { kept_id: null, kept_verification: null }
    if (!both || !(await keepPair(tx, ctx, by, [one, other], keepsBoth))) return 'changed'
    await note(tx, ctx, by, 'endorsements told apart', { first: one.id, second: other.id })
    return 'done'
  })
}

/** Always in the same order, so that two who lock the same pair never wait for each other. */
async function lockBoth(
  tx: Db,
  { vault }: Context,
  { statement }: By,
  one: Seen,
  other: Seen,
): Promise<[Endorsement, Endorsement] | null> {
  const found = new Map<string, Endorsement>()
  for (const { id, revision } of [one, other].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const read = await lockOne(tx, vault, statement.id, id)
    const isOpen = read !== null && ['confirmed', 'held', 'suspect'].includes(read.state)
    if (isOpen && read.revision === revision) found.set(id, read)
  }
  const [first, second] = [found.get(one.id), found.get(other.id)]
  return first && second && one.id !== other.id ? [first, second] : null
}

async function keepPair(
  tx: Db,
  { clock }: Context,
  { statement, coordinator }: By,
  both: Seen[],
  keeps: Pick<PairRow, 'kept_id' | 'kept_verification'>,
): Promise<boolean> {
  const [first_id = '', second_id = ''] = both.map(({ id }) => id).sort()
  return insertPair(tx, {
    first_id,
    second_id,
    statement_id: statement.id,
    coordinator_id: coordinator.id,
    at: clock.now().toISOString(),
    ...keeps,
  })
}

export async function note(
  tx: Db,
  ctx: Context,
  { statement, coordinator }: By,
  action: 'endorsements merged' | 'endorsements told apart' | 'pair undone',
  detail: Record<string, string>,
): Promise<void> {
  await record(tx, ctx, { actor: coordinator.id, action, subject: statement.slug, detail })
}
