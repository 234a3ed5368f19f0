// Use case: the owner of the mailbox confirms, or says that it was somebody else (M-1, M-2, R3).
import { exchangeLink, followLink, readLink } from '../confirmations/links.ts'
import type { Context } from '../context.ts'
import { scrub } from '../db/scrub.ts'
import { isAfterClosing } from '../editions/after-closing.ts'
import { noteEndorsed } from '../invitations/note-endorsed.ts'
import { queueMail } from '../mail/queue.ts'
import { isRemovedName } from '../reports/removed-names.ts'
import { toTheDay, toTheMinute } from '../text/minutes.ts'
import { publish } from '../signatories/publish.ts'
import { findTimes } from '../statements/find-statement.ts'
import { confirmingAt, type Statement, type Times } from '../statements/stored-statement.ts'
import {
  type Endorsement,
  markedLate,
  nothingLeft,
  stateWhenConfirmed,
  verificationOf,
} from './endorsement.ts'
import {
  changeIfUnchanged,
  deleteWhile,
  findAddress,
  findEndorsement,
  openAddress,
  openRow,
  suppress,
} from './endorsement-store.ts'
import { numbered } from './numbers.ts'

export type Confirmed =
  | { outcome: 'confirmed'; manageToken: string; language: string; isDestroyed: boolean }
  | { outcome: NotConfirmed }

export type NotConfirmed =
  'already-confirmed' | 'expired' | 'superseded' | 'unknown' | 'too-late' | 'not-as-shown'

/**
 * A conditional update decides: of 200 at the same time exactly one confirms.
 * @param isAsShown whether what would be confirmed is what the person has seen
 */
export async function confirm(
  ctx: Context,
  token: string,
  isAsShown: (pending: Endorsement) => boolean = () => true,
): Promise<Confirmed> {
  // signed again with other words between reading and confirming: read again
  for (;;) {
    const result = await tryToConfirm(ctx, token, isAsShown)
    if (result.outcome === 'changed') continue
    if (result.outcome === 'confirmed') ctx.metrics.confirmation()
    // of what has just been destroyed nothing may be left in the files
    if (result.outcome === 'confirmed' && result.isDestroyed) {
      await scrub(ctx.db, ctx.config.database.kind)
    }
    return result
  }
}

async function tryToConfirm(
  ctx: Context,
  token: string,
  isAsShown: (pending: Endorsement) => boolean,
): Promise<Confirmed | { outcome: 'changed' }> {
  const link = await followLink(ctx.db, ctx, 'confirm', token)
  if (link.state === 'unknown') return { outcome: 'unknown' }
  const pending = openRow(link.row, ctx.vault)
  const address = openAddress(link.row, ctx.vault)
  if (pending.state !== 'pending') return { outcome: 'already-confirmed' }
  if (link.state !== 'live') {
    return { outcome: link.state === 'used' ? 'already-confirmed' : link.state }
  }
  if (!isAsShown(pending)) return { outcome: 'not-as-shown' }
  const statement = await findTimes(ctx.db, pending.statementId)
  const confirming = statement === null ? 'over' : confirmingAt(statement, ctx.clock.now())
  if (!statement || confirming === 'over') return { outcome: 'too-late' }
  if (address === null) return { outcome: 'unknown' }
  const doubted = await asDoubted(ctx, pending)
  const read = confirming === 'late' ? asLate(doubted) : doubted
  return confirmPending(ctx, read, address, statement)
}

/** Looked at now, because the name may have been removed since it was signed. */
async function asDoubted(ctx: Context, pending: Endorsement): Promise<Endorsement> {
  const { statementId, details, flags } = pending
  const isDoubted =
    details !== null && (await isRemovedName(ctx.db, ctx, statementId, details.name))
  return isDoubted ? { ...pending, flags: [...flags, 'removed-name'] } : pending
}

/** It waits for a coordinator, and is marked once it is accepted (product.md §2, edition). */
function asLate(pending: Endorsement): Endorsement {
  return { ...pending, flags: markedLate(pending.flags) }
}

async function confirmPending(
  ctx: Context,
  pending: Endorsement,
  address: string,
  statement: Times & Pick<Statement, 'discreet'>,
): Promise<Confirmed | { outcome: 'changed' }> {
  const now = ctx.clock.now()
  const confirmedAt = toTheMinute(now)

  return ctx.db.transaction().execute(async (tx) => {
    const isLate = await isAfterClosing(tx, statement, now)
    const confirmed = whenConfirmed(pending, address, { isLate, isDiscreet: statement.discreet })
    const change = { ...confirmed.change, confirmed_at: confirmedAt }
    if (!(await changeIfUnchanged(tx, pending, change))) return { outcome: 'changed' }
    const unnumbered = { ...pending, ...confirmed.shown, confirmedAt }
    await noteEndorsed(tx, ctx, unnumbered, address)
    const mailId = await queueMail(tx, ctx, {
      kind: 'confirmed',
      recipient: address,
      language: pending.language,
      statementId: pending.statementId,
      endorsementId: pending.id,
    })
    const manageToken = await exchangeLink(tx, ctx, { endorsementId: pending.id, mailId })
    // last: everyone who confirms writes these rows, and waits for them until the commit (PostgreSQL)
    await publish(tx, ctx, pending, await numbered(tx, unnumbered))
    const isDestroyed = pending.visibility === 'confidential'
    return { outcome: 'confirmed', manageToken, language: pending.language, isDestroyed }
  })
}

/**
 * What confirming makes of the row. Of a confidential endorsement name, contact and address are
 * destroyed in this very change, and on a discreet statement the country too.
 */
function whenConfirmed(
  pending: Endorsement,
  address: string,
  { isLate, isDiscreet }: { isLate: boolean; isDiscreet: boolean },
) {
  const state = stateWhenConfirmed(pending.flags, pending.visibility)
  const isConfidential = pending.visibility === 'confidential'
  const verification =
    isConfidential || pending.details === null ? 'email' : verificationOf(pending.details, address)
  const country = isConfidential && isDiscreet ? 'undisclosed' : pending.country
  const flags = isLate ? markedLate(pending.flags) : pending.flags
  const left = isConfidential ? nothingLeft(flags) : { flags: JSON.stringify(flags) }
  return {
    change: { state, verification, country, ...left },
    shown: { state, verification, country, flags } as const,
  }
}

export type Denied = 'denied' | 'already-confirmed' | 'unknown'

/** The address gets no more mail for this statement while the suppression lasts. */
export const suppressedDays = 365

/** Deletes the pending endorsement, also by a link that has expired. */
export async function denyEndorsement(ctx: Context, token: string): Promise<Denied> {
  const link = await readLink(ctx.db, ctx, 'confirm', token)
  if (link.state === 'unknown') return 'unknown'
  const pending = await findEndorsement(ctx.db, ctx.vault, link.endorsementId)
  if (!pending) return 'unknown'
  const until = new Date(ctx.clock.now().getTime() + suppressedDays * 86_400_000)
  const denied = await ctx.db.transaction().execute(async (tx): Promise<Denied> => {
    if (!(await deleteWhile(tx, pending.id, ['pending']))) return 'already-confirmed'
    await suppress(tx, pending.addressHash, toTheDay(until))
    return 'denied'
  })
  if (denied === 'denied') await scrub(ctx.db, ctx.config.database.kind)
  return denied
}

export type Resent = 'queued' | 'unknown'

/** For a link that has expired: asks for a new one, to the address that was typed. */
export async function resendLink(ctx: Context, token: string): Promise<Resent> {
  const link = await readLink(ctx.db, ctx, 'confirm', token)
  if (link.state === 'unknown') return 'unknown'
  const pending = await findEndorsement(ctx.db, ctx.vault, link.endorsementId)
  const address = pending && (await findAddress(ctx.db, ctx.vault, pending.id))
  if (!pending || address === null) return 'unknown'
  await queueMail(ctx.db, ctx, {
    kind: 'resend',
    recipient: address,
    language: pending.language,
    statementId: pending.statementId,
    endorsementId: pending.id,
  })
  return 'queued'
}
