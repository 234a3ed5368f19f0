// Use cases of the private page: the endorser corrects, hides or shows, withdraws, erases.
import { readLink } from '../confirmations/links.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { scrub } from '../db/scrub.ts'
import { forgetInvitationOf, forgetWhoEndorsed } from '../invitations/note-endorsed.ts'
import { forgetMailTo } from '../mail/forget.ts'
import { queueMail } from '../mail/queue.ts'
import { forgetReportsOf, noteWithdrawn } from '../reports/settle.ts'
import { publish } from '../signatories/publish.ts'
import { isHeldByHand } from '../review/last-decision.ts'
import type { Visibility } from '../statements/statement.ts'
import { capacityHashOf } from './capacity.ts'
import { flagsAfter } from './doubts.ts'
import {
  type Details,
  type Endorsement,
  type Flag,
  nothingLeft,
  stateWhenConfirmed,
  type Verification,
  verificationOf,
} from './endorsement.ts'
import {
  changeByEndorser,
  changeIfUnchanged,
  deleteWhile,
  findAddress,
  findEndorsement,
  isCapacityTaken,
} from './endorsement-store.ts'
import { findStatementById } from '../statements/find-statement.ts'
import { toTheMinute } from '../text/minutes.ts'
import { withoutContact } from './forget-contacts.ts'
import { numbered } from './numbers.ts'

/** The endorsement that a private link leads to; null when the link is not valid (any more). */
export async function findOwn(ctx: Context, token: string): Promise<Endorsement | null> {
  const link = await readLink(ctx.db, ctx, 'manage', token)
  return link.state === 'live' ? findEndorsement(ctx.db, ctx.vault, link.endorsementId) : null
}

export type FoundPending =
  | { state: 'unknown' }
  | { state: 'live' | 'used' | 'superseded' | 'expired'; endorsement: Endorsement }

/** What a link for confirming leads to. Reads only. */
export async function findPending(ctx: Context, token: string): Promise<FoundPending> {
  const link = await readLink(ctx.db, ctx, 'confirm', token)
  if (link.state === 'unknown') return link
  const endorsement = await findEndorsement(ctx.db, ctx.vault, link.endorsementId)
  return endorsement ? { state: link.state, endorsement } : { state: 'unknown' }
}

export interface Correction {
  details: Details
  country: string
  visibility: Visibility
  flags: Flag[]
  updates: boolean
}

export type Corrected = 'saved' | 'name-taken' | 'gone'

/** What becomes less visible must not stay in the files. */
export async function correct(
  ctx: Context,
  own: Endorsement,
  correction: Correction,
): Promise<Corrected> {
  if (own.details === null) return 'gone'
  const outcome = await save(ctx, own, await corrected(ctx, own, own.details, correction))
  const isHidden = own.visibility === 'listed' && correction.visibility !== 'listed'
  if (isHidden || correction.visibility === 'confidential') {
    await scrub(ctx.db, ctx.config.database.kind)
  }
  return outcome
}

type After = Pick<
  Endorsement,
  'state' | 'country' | 'visibility' | 'verification' | 'flags' | 'updates'
> & { details: Details }

/** A name that now looks doubtful waits for a coordinator again (product.md S-1). */
async function corrected(
  ctx: Context,
  own: Endorsement,
  before: Details,
  { details: typed, country, visibility, flags: typedFlags, updates }: Correction,
): Promise<After> {
  const details = own.isContactForgotten ? withoutContact(typed) : typed
  if (visibility === 'confidential')
    return { ...(await afterDestroying(ctx, own, country)), details }
  const isSameName = details.name === before.name && details.acronym === before.acronym
  const flags = isSameName ? own.flags : await flagsAfter(ctx, own, details, typedFlags)
  return {
    state: isSameName ? own.state : stateAfter(own, flags, visibility),
    details,
    country,
    visibility,
    verification: await verificationAfter(ctx, own, details),
    flags,
    updates: updates && !own.isContactForgotten,
  }
}

/** The same as when a confidential endorsement is confirmed: what is destroyed cannot be doubtful. */
async function afterDestroying(ctx: Context, own: Endorsement, country: string) {
  const statement = await findStatementById(ctx.db, own.statementId)
  const visibility = 'confidential' as const
  // what a coordinator has held is not let go by hiding it
  const isDoubtOfName = own.state === 'held' && !(await isHeldByHand(ctx.db, own.id))
  return {
    state: isDoubtOfName ? stateWhenConfirmed(own.flags, visibility) : own.state,
    country: statement?.discreet === true ? 'undisclosed' : country,
    visibility,
    verification: own.verification === 'domain' ? ('email' as const) : own.verification,
    flags: own.flags,
    updates: false,
  }
}

async function save(ctx: Context, own: Endorsement, after: After): Promise<Corrected> {
  const { statementId, type, addressHash } = own
  const { state, details, country, visibility, verification, flags, updates } = after
  const capacity = { statementId, type, name: details.name }
  const capacityHash = capacityHashOf(ctx.vault, capacity, addressHash)
  const sealed = {
    details_sealed: ctx.vault.seal('details', addressHash, JSON.stringify(details)),
    flags: JSON.stringify(flags),
    updates: updates ? 1 : 0,
  }
  return ctx.db.transaction().execute(async (tx) => {
    if (await isCapacityTaken(tx, capacityHash, own.id)) return 'name-taken'
    const isSaved = await changeByEndorser(tx, own, {
      state,
      capacity_hash: capacityHash,
      country,
      visibility,
      verification,
      ...(visibility === 'confidential' ? nothingLeft(flags) : sealed),
    })
    if (!isSaved) return 'gone'
    if (visibility === 'confidential') {
      await forgetWhoEndorsed(tx, own.id)
      await forgetReportsOf(tx, ctx, own)
    }
    await publish(tx, ctx, own, await numbered(tx, { ...own, ...after }))
    return 'saved'
  })
}

/** Who came late and was accepted is not asked again. */
function stateAfter(own: Endorsement, flags: Flag[], visibility: Visibility): Endorsement['state'] {
  const doubts = flags.filter((flag) => flag !== 'late')
  return own.state === 'confirmed' ? stateWhenConfirmed(doubts, visibility) : own.state
}

/** The mailbox proves a domain only as long as the organisation names that domain as its own. */
async function verificationAfter(
  ctx: Context,
  own: Endorsement,
  details: Details,
): Promise<Verification | null> {
  if (own.verification !== 'domain' && own.verification !== 'email') return own.verification
  const address = await findAddress(ctx.db, ctx.vault, own.id)
  return address === null ? own.verification : verificationOf(details, address)
}

/** Takes the name off the list and the count in the same instant (product.md P-7). */
export async function withdraw(ctx: Context, own: Endorsement): Promise<void> {
  await untilDone(ctx, own, (current) => tryToWithdraw(ctx, current))
  await scrub(ctx.db, ctx.config.database.kind)
}

/** Withdraws and deletes all there is about it: the row, the evidence, the links. */
export async function erase(ctx: Context, own: Endorsement): Promise<void> {
  await untilDone(ctx, own, (current) =>
    ctx.db.transaction().execute((tx) => eraseIn(tx, ctx, current)),
  )
  await scrub(ctx.db, ctx.config.database.kind)
}

/** Who saves in another window at the same moment does not undo it: read again, do it again. */
async function untilDone(
  ctx: Context,
  own: Endorsement,
  attempt: (current: Endorsement) => Promise<boolean>,
): Promise<void> {
  let current: Endorsement | null = own
  while (current !== null && !(await attempt(current))) {
    current = await findEndorsement(ctx.db, ctx.vault, own.id)
  }
}

async function tryToWithdraw(ctx: Context, own: Endorsement): Promise<boolean> {
  // who was rejected cannot sign once more by withdrawing first
  if (own.state === 'withdrawn' || own.state === 'rejected') return true
  const address = await findAddress(ctx.db, ctx.vault, own.id)
  return ctx.db.transaction().execute(async (tx) => {
    const change = { state: 'withdrawn', withdrawn_at: toTheMinute(ctx.clock.now()) } as const
    if (!(await changeIfUnchanged(tx, own, change))) return false
    await publish(tx, ctx, own, null)
    await noteWithdrawn(tx, ctx, own.id)
    if (address !== null) {
      await queueMail(tx, ctx, {
        kind: 'withdrawn',
        recipient: address,
        language: own.language,
        statementId: own.statementId,
        endorsementId: own.id,
      })
    }
    return true
  })
}

/** @returns false when it was changed meanwhile: read it again */
export async function eraseIn(
  tx: Db,
  ctx: Pick<Context, 'clock'>,
  own: Endorsement,
): Promise<boolean> {
  if (!(await changeIfUnchanged(tx, own, { state: 'withdrawn' }))) return false
  await publish(tx, ctx, own, null)
  await forgetMailTo(tx, [own.addressHash])
  await forgetInvitationOf(tx, own.id)
  await forgetReportsOf(tx, ctx, own)
  return deleteWhile(tx, own.id, ['withdrawn'])
}
