// Use cases: decide on endorsements, one after the other, and take the last decision back. Of two
// coordinators who decide on the same entry one wins, and the other is told.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { addressOf, decideOn, lockOne } from '../endorsements/decide.ts'
import type { Endorsement } from '../endorsements/endorsement.ts'
import { queueMail } from '../mail/queue.ts'
import { keepNameOut, settleReports } from '../reports/settle.ts'
import {
  type Decision,
  type Kept,
  mayTell,
  outcomeOf,
  type Reason,
  settlesReports,
} from './decision.ts'
import { deleteLook, findReview, insertReview, noteLook } from './review-store.ts'
import { takeBackIn } from './take-back.ts'

/** A mail about a decision waits so long, so that it can still be taken back. */
const minutesToUndo = 5
const minutesOfLooking = 15

/** An entry as the coordinator saw it. */
export interface Picked {
  id: string
  revision: number
  /** the last report of it that was shown; null for all there are */
  reports: number | null
}

export interface Verdict {
  decision: Decision
  reason: Reason | null
  /** the coordinator's own words, or the evidence; sealed */
  note: string
  /** for those who reported the entry; '' for none */
  answer: string
  tell: boolean
}

interface By {
  statement: { id: string; slug: string }
  coordinator: { id: string }
}

/** @returns those that somebody else had changed meanwhile: they stay as they are */
export async function decideAll(
  ctx: Context,
  by: By,
  picked: Picked[],
  verdict: Verdict,
): Promise<{ done: number; changed: string[] }> {
  const changed: string[] = []
  for (const each of picked) {
    const isDone = await ctx.db.transaction().execute((tx) => decide(tx, ctx, by, each, verdict))
    if (!isDone) changed.push(each.id)
  }
  return { done: picked.length - changed.length, changed }
}

async function decide(
  tx: Db,
  ctx: Context,
  by: By,
  { id, revision, reports }: Picked,
  verdict: Verdict,
): Promise<boolean> {
  const read = await lockOne(tx, ctx.vault, by.statement.id, id)
  const outcome = read && outcomeOf(verdict.decision, read)
  if (!read || !outcome || read.revision !== revision) return false
  const after = await decideOn(tx, ctx, read, outcome)
  if (!after) return false
  await keepReview(tx, ctx, by, read, { ...verdict, reports })
  await deleteLook(tx, id)
  if (verdict.tell && mayTell(verdict.decision, read.state)) {
    await tell(tx, ctx, after, verdict.decision)
  }
  return true
}

/** Keeps what was decided on an endorsement that has just changed once. */
export async function keepReview(
  tx: Db,
  ctx: Context,
  { statement, coordinator }: By,
  before: Endorsement,
  {
    decision,
    reason,
    note,
    answer,
    reports,
  }: Omit<Verdict, 'tell' | 'decision'> & Pick<Picked, 'reports'> & { decision: Kept },
  invalidationId: string | null = null,
): Promise<void> {
  const id = ctx.random.id()
  await insertReview(tx, {
    id,
    statement_id: statement.id,
    endorsement_id: before.id,
    coordinator_id: coordinator.id,
    at: ctx.clock.now().toISOString(),
    decision,
    reason,
    note_sealed: note === '' ? '' : ctx.vault.seal('note', id, note),
    before_state: before.state,
    before_verification: before.verification,
    after_revision: before.revision + 1,
    undone_at: null,
    invalidation_id: invalidationId,
  })
  if (settlesReports(decision, before.state)) {
    await settleReports(tx, ctx, before, { reviewId: id, answer, seen: reports })
  }
  // those are told of by what they are a part of
  if (decision === 'merged' || decision === 'invalidated') return
  if (decision === 'rejected') await keepNameOut(tx, ctx, before)
  await record(tx, ctx, {
    actor: coordinator.id,
    action: 'endorsement reviewed',
    subject: statement.slug,
    detail: { endorsement: before.id, decision, reason },
  })
}

/** What the mail says, or whether one is sent at all, the worker decides when it is due. */
async function tell(
  tx: Db,
  ctx: Context,
  { id, language, statementId }: Endorsement,
  decision: Decision,
): Promise<void> {
  const recipient = await addressOf(tx, ctx.vault, id)
  if (recipient === null || (decision !== 'approved' && decision !== 'rejected')) return
  const dueAt = new Date(ctx.clock.now().getTime() + minutesToUndo * 60_000)
  await queueMail(tx, ctx, {
    kind: decision,
    recipient,
    language,
    statementId,
    endorsementId: id,
    dueAt,
  })
}

export type Undone = 'undone' | 'changed'

/** Takes a decision back while nothing else has changed the entry since. */
export async function undo(ctx: Context, by: By, reviewId: string): Promise<Undone> {
  const { statement, coordinator } = by
  return ctx.db.transaction().execute(async (tx) => {
    const review = await findReview(tx, statement.id, reviewId)
    if (!review || review.decision === 'merged' || review.decision === 'invalidated') {
      return 'changed'
    }
    if (!(await takeBackIn(tx, ctx, review))) return 'changed'
    const detail = { endorsement: review.endorsement_id, decision: review.decision }
    const action = 'review undone'
    await record(tx, ctx, { actor: coordinator.id, action, subject: statement.slug, detail })
    return 'undone'
  })
}

/** Tells the others for a while that this one is being looked at; nobody is kept from deciding. */
export async function look(ctx: Context, by: By, endorsementId: string): Promise<void> {
  const until = new Date(ctx.clock.now().getTime() + minutesOfLooking * 60_000).toISOString()
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await lockOne(tx, ctx.vault, by.statement.id, endorsementId))) return
    const coordinator_id = by.coordinator.id
    await noteLook(tx, { endorsement_id: endorsementId, coordinator_id, until })
  })
}
