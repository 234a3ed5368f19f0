// Use cases of the private page: the endorser corrects, hides or shows, withdraws, erases.
import { readLink } from '../confirmations/links.ts'
import type { Context } from '../context.ts'
import { queueMail } from '../mail/queue.ts'
import { publish } from '../signatories/publish.ts'
import type { Visibility } from '../statements/statement.ts'
import { capacityHashOf } from './capacity.ts'
import {
  type Details,
  type Endorsement,
  type Flag,
  stateWhenConfirmed,
  type Verification,
  verificationOf,
} from './endorsement.ts'
import {
  changeIfUnchanged,
  deleteWhile,
  findAddress,
  findEndorsement,
  isCapacityTaken,
} from './endorsement-store.ts'
import { toTheMinute } from './endorse.ts'

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

/** A name that now looks doubtful waits for a coordinator again (product.md S-1). */
export async function correct(
  ctx: Context,
  own: Endorsement,
  { details, country, visibility, flags, updates }: Correction,
): Promise<Corrected> {
  const { statementId, type, addressHash } = own
  const capacityHash = capacityHashOf(
    ctx.vault,
    { statementId, type, name: details.name },
    addressHash,
  )
  const keptFlags = details.name === own.details.name ? own.flags : flags
  const state = details.name === own.details.name ? own.state : stateAfter(own, flags)
  const verification = await verificationAfter(ctx, own, details)
  return ctx.db.transaction().execute(async (tx) => {
    if (await isCapacityTaken(tx, capacityHash, own.id)) return 'name-taken'
    const isSaved = await changeIfUnchanged(tx, own, {
      state,
      details_sealed: ctx.vault.seal('details', addressHash, JSON.stringify(details)),
      capacity_hash: capacityHash,
      flags: JSON.stringify(keptFlags),
      country,
      visibility,
      verification,
      updates: updates ? 1 : 0,
    })
    if (!isSaved) return 'gone'
    await publish(tx, ctx, own, { ...own, state, details, country, visibility, verification })
    return 'saved'
  })
}

function stateAfter(own: Endorsement, flags: Flag[]): Endorsement['state'] {
  return own.state === 'confirmed' ? stateWhenConfirmed(flags) : own.state
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
}

/** Withdraws and deletes all there is about it: the row, the evidence, the links. */
export async function erase(ctx: Context, own: Endorsement): Promise<void> {
  await untilDone(ctx, own, (current) => tryToErase(ctx, current))
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
  if (own.state === 'withdrawn') return true
  const address = await findAddress(ctx.db, ctx.vault, own.id)
  return ctx.db.transaction().execute(async (tx) => {
    const change = { state: 'withdrawn', withdrawn_at: toTheMinute(ctx.clock.now()) } as const
    if (!(await changeIfUnchanged(tx, own, change))) return false
    await publish(tx, ctx, own, null)
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

async function tryToErase(ctx: Context, own: Endorsement): Promise<boolean> {
  return ctx.db.transaction().execute(async (tx) => {
    if (!(await changeIfUnchanged(tx, own, { state: 'withdrawn' }))) return false
    await publish(tx, ctx, own, null)
    return deleteWhile(tx, own.id, ['withdrawn'])
  })
}
