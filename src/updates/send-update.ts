// Use cases: sending an update. Pressing the button only marks it; what runs every minute puts so many
// mails into the outbox as mail servers take, each together with the row that makes it one mail each.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { retryDeadlocks } from '../db/deadlock.ts'
import type { Db } from '../db/schema.ts'
import { dueAtTurn, roomAt } from '../mail/pace.ts'
import { queueMail } from '../mail/queue.ts'
import type { Coordinator } from '../coordinators/coordinator.ts'
import { type Statement, statusAt } from '../statements/stored-statement.ts'
import {
  addRecipient,
  countMails,
  countNext,
  deleteRecipients,
  findMailed,
  findNext,
} from './recipient-store.ts'
import { changeState, findUpdate, listSending } from './update-store.ts'
import { type Mails, markOf, textFor, type Update } from './update.ts'

export type Begun = 'sending' | 'not-written' | 'not-public' | 'already-sent' | 'changed'

/**
 * From now on it is public; the mails follow.
 * @param seen which texts whoever sends it has seen (markOf): no others are sent
 */
export async function beginSending(
  ctx: Pick<Context, 'db' | 'clock'>,
  statement: Statement,
  update: Update,
  { seen, actor }: { seen: string; actor: string },
): Promise<Begun> {
  const now = ctx.clock.now()
  const status = statusAt(statement, now)
  if (status === 'draft' || status === 'taken-down') return 'not-public'
  if (textFor(update, statement.authoritative, statement.authoritative) === null) {
    return 'not-written'
  }
  return ctx.db.transaction().execute(async (tx) => {
    // nobody saves a text while this is being sent
    const sentAt = now.toISOString()
    if (!(await changeState(tx, update.id, { from: 'draft', to: 'draft' }))) return 'already-sent'
    const saved = await findUpdate(tx, update.id)
    if (saved === null || markOf(saved) !== seen) return 'changed'
    await changeState(tx, update.id, { from: 'draft', to: 'sending', sentAt })
    const detail = { update: update.id, languages: update.texts.length }
    await record(tx, ctx, { actor, action: 'update sent', subject: statement.slug, detail })
    return 'sending'
  })
}

/** @returns false when it was not being sent (not paused) any more */
export async function pauseSending(
  ctx: Pick<Context, 'db' | 'clock'>,
  { slug }: Pick<Statement, 'slug'>,
  updateId: string,
  { isPaused, actor }: { isPaused: boolean; actor: string },
): Promise<boolean> {
  const [from, to] = isPaused ? (['sending', 'paused'] as const) : (['paused', 'sending'] as const)
  const action = isPaused ? 'update paused' : 'update resumed'
  return ctx.db.transaction().execute(async (tx) => {
    if (!(await changeState(tx, updateId, { from, to }))) return false
    await record(tx, ctx, { actor, action, subject: slug, detail: { update: updateId } })
    return true
  })
}

/** What waits is not sent, and it is no longer public. @returns false when all was sent already */
export async function cancelSending(
  ctx: Pick<Context, 'db' | 'clock'>,
  { slug }: Pick<Statement, 'slug'>,
  updateId: string,
  actor: string,
): Promise<boolean> {
  return ctx.db.transaction().execute(async (tx) => {
    // paused first: whoever puts mails into the outbox waits here, and then stops
    await changeState(tx, updateId, { from: 'sending', to: 'paused' })
    const { waiting, ...mails } = await countMails(tx, updateId)
    const kept = { ...mails, dropped: mails.dropped + waiting }
    const change = { from: 'paused', to: 'cancelled', mails: kept } as const
    if (!(await changeState(tx, updateId, change))) return false
    await deleteRecipients(tx, updateId)
    const detail = { update: updateId }
    await record(tx, ctx, { actor, action: 'update cancelled', subject: slug, detail })
    return true
  })
}

/** A mail as endorsers get it, to whoever writes it. */
export async function sendTest(
  ctx: Context,
  update: Update,
  { email }: Pick<Coordinator, 'email'>,
  language: string,
): Promise<void> {
  await queueMail(ctx.db, ctx, {
    kind: 'update-test',
    recipient: email,
    language,
    statementId: update.statementId,
    endorsementId: null,
    updateId: update.id,
  })
}

type Needs = Pick<Context, 'db' | 'vault' | 'clock' | 'random' | 'config'>

/** Run every minute, on one machine or more: puts the next mails into the outbox. */
export async function sendUpdates(ctx: Needs): Promise<void> {
  for (const update of await listSending(ctx.db)) {
    await retryDeadlocks(() => queueSome(ctx, update))
  }
}

async function queueSome(ctx: Needs, update: Update): Promise<void> {
  const { sentAt } = update
  if (sentAt === null) return
  await ctx.db.transaction().execute(async (tx) => {
    // holds the row: others who send it wait here, and then see what was done
    if (!(await changeState(tx, update.id, { from: 'sending', to: 'sending' }))) return
    const now = ctx.clock.now()
    const room = await roomAt(tx, now)
    const next = await findNext(tx, { ...update, sentAt }, room)
    const mailed = await findMailed(
      tx,
      update.id,
      next.map((row) => row.address_hash),
    )
    for (const [at, row] of next.entries()) {
      const dueAt = dueAtTurn(now, at)
      await queueOne(tx, ctx, update, row, { dueAt, isTwin: mailed.has(row.address_hash) })
      mailed.add(row.address_hash)
    }
    if (room > 0 && next.length === 0) await finish(tx, update)
  })
}

type Row = Awaited<ReturnType<typeof findNext>>[number]

/** Who signed twice with one mailbox, for an organisation and as a person, gets it once. */
async function queueOne(
  tx: Db,
  ctx: Needs,
  { id: updateId, statementId }: Update,
  row: Row,
  { dueAt, isTwin }: { dueAt: Date; isTwin: boolean },
): Promise<void> {
  const outcome = isTwin ? 'twin' : 'mailed'
  const isFirst = await addRecipient(tx, { updateId, endorsementId: row.id, outcome })
  if (!isFirst || isTwin) return
  await queueMail(tx, ctx, {
    kind: 'update',
    recipient: ctx.vault.open('address', row.address_hash, row.address_sealed),
    language: row.language,
    statementId,
    endorsementId: row.id,
    updateId,
    dueAt,
  })
}

/** Nothing waits any more: what is kept is how many, and not who. */
async function finish(tx: Db, { id }: Update): Promise<void> {
  const { waiting, ...mails } = await countMails(tx, id)
  if (waiting > 0) return
  await changeState(tx, id, { from: 'sending', to: 'sent', mails })
  await deleteRecipients(tx, id)
}

export type Progress = Mails & { waiting: number }

/** `waiting` counts those whose mail is not in the outbox yet, too. */
export async function progressOf(
  { db }: Pick<Context, 'db'>,
  update: Update,
): Promise<Progress | null> {
  const { id, state, sentAt, mails } = update
  if (state === 'draft' || sentAt === null) return null
  if (state === 'sent' || state === 'cancelled') return { ...mails, waiting: 0 }
  const counted = await countMails(db, id)
  const toCome = await countNext(db, { ...update, sentAt })
  return { ...counted, waiting: counted.waiting + toCome }
}
