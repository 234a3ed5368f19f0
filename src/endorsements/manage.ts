// Use cases of the private page: the endorser corrects, hides or shows, withdraws, erases.
import { readLink } from '../confirmations/links.ts'
import type { Context } from '../context.ts'
import { queueMail } from '../mail/queue.ts'
import { publish } from '../signatories/publish.ts'
import type { Visibility } from '../statements/statement.ts'
import { capacityHashOf } from './capacity.ts'
import { type Details, type Endorsement, type Flag, stateWhenConfirmed } from './endorsement.ts'
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
  return ctx.db.transaction().execute(async (tx) => {
    if (await isCapacityTaken(tx, capacityHash, own.id)) return 'name-taken'
    const isSaved = await changeIfUnchanged(tx, own, {
      state,
      details_sealed: ctx.vault.seal('details', addressHash, JSON.stringify(details)),
      capacity_hash: capacityHash,
      flags: JSON.stringify(keptFlags),
      country,
      visibility,
      updates: updates ? 1 : 0,
    })
    if (!isSaved) return 'gone'
    await publish(tx, ctx, own, { ...own, state, details, country, visibility })
    return 'saved'
  })
}

function stateAfter(own: Endorsement, flags: Flag[]): Endorsement['state'] {
  return own.state === 'confirmed' ? stateWhenConfirmed(flags) : own.state
}

export type Withdrawn = 'withdrawn' | 'gone'

/** Takes the name off the list and the count in the same instant (product.md P-7). */
export async function withdraw(ctx: Context, own: Endorsement): Promise<Withdrawn> {
  const address = await findAddress(ctx.db, ctx.vault, own.id)
  return ctx.db.transaction().execute(async (tx) => {
    const change = { state: 'withdrawn', withdrawn_at: toTheMinute(ctx.clock.now()) } as const
    if (!(await changeIfUnchanged(tx, own, change))) return 'gone'
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
    return 'withdrawn'
  })
}

/** Withdraws and deletes all there is about it: the row, the evidence, the links. */
export async function erase(ctx: Context, own: Endorsement): Promise<Withdrawn> {
  return ctx.db.transaction().execute(async (tx) => {
    if (!(await changeIfUnchanged(tx, own, { state: 'withdrawn' }))) return 'gone'
    await publish(tx, ctx, own, null)
    await deleteWhile(tx, own.id, ['withdrawn'])
    return 'withdrawn'
  })
}
