// Use cases: what an invited organisation answers by its personal link. The link has reached the
// mailbox, so an endorsement for that mailbox is confirmed at once; for any other it is confirmed by
// a mail, as always. Looking at the page changes nothing (product.md M-1).
import type { Origin } from '../abuse/watch.ts'
import { issueLink } from '../confirmations/links.ts'
import type { Context } from '../context.ts'
import { confirm } from '../endorsements/confirm.ts'
import { type AgreedTexts, endorse, type SignOn } from '../endorsements/endorse.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { parseEmailAddress } from '../text/email-address.ts'
import { type Invitation, refusalHashOf, tokenHashOf } from './invitation.ts'
import {
  answerInvitation,
  expectEndorsement,
  findInvitation,
  writeRefusal,
} from './invitation-store.ts'

/** Null for a token that is unknown, or of another statement. */
export async function findByLink(
  ctx: Pick<Context, 'db' | 'vault'>,
  { id }: Pick<Statement, 'id'>,
  token: string,
): Promise<Invitation | null> {
  const token_hash = tokenHashOf(ctx.vault, 'invitation', token)
  const found = await findInvitation(ctx.db, ctx.vault, { token_hash })
  return found?.statementId === id ? found : null
}

export type Accepted = 'endorsed' | 'mail-sent' | 'closed'

export async function accept(
  ctx: Context,
  {
    invitation,
    statement,
    signOn,
  }: { invitation: Invitation; statement: Statement; signOn: SignOn },
  agreed: { language: string; texts: AgreedTexts },
  origin: Origin,
): Promise<Accepted> {
  const isInvited = isSameMailbox(invitation.invited.email, signOn)
  const way = isInvited ? 'invitation' : 'form'
  const endorsed = await endorse(ctx, statement, signOn, agreed, origin, way)
  if (endorsed.outcome === 'closed') return 'closed'
  if (!isInvited) {
    await expectEndorsement(ctx.db, invitation.id, endorsed.id)
    return 'mail-sent'
  }
  const wanted = { endorsementId: endorsed.id, mailId: ctx.random.id() }
  const token = await issueLink(ctx.db, ctx, { purpose: 'confirm', ...wanted })
  const confirmed = await confirm(ctx, token)
  return confirmed.outcome === 'too-late' ? 'closed' : 'endorsed'
}

function isSameMailbox(invited: string, { address }: SignOn): boolean {
  const own = parseEmailAddress(invited)
  return own.ok && own.value.canonical === address.canonical
}

/** "Our board decides on Thursday": no reminder before. `until` is a day. */
export async function reserve({ db }: Context, { id }: Invitation, until: string): Promise<void> {
  const answer = { state: 'reserved', reserved_until: until } as const
  await answerInvitation(db, id, answer, ['invited', 'reserved', 'declined'])
}

export async function decline({ db }: Context, { id }: Invitation): Promise<void> {
  const answer = { state: 'declined', reserved_until: null } as const
  await answerInvitation(db, id, answer, ['invited', 'reserved'])
}

/** Reads only. */
export async function isStopLink({ db, vault }: Context, token: string): Promise<boolean> {
  const stop_hash = tokenHashOf(vault, 'stop', token)
  return (await findInvitation(db, vault, { stop_hash })) !== null
}

/** Do not invite this mailbox again, to anything; what it has endorsed is not touched. */
export async function stopInviting(ctx: Context, token: string): Promise<boolean> {
  const { db, vault, clock } = ctx
  const stop_hash = tokenHashOf(vault, 'stop', token)
  const found = await findInvitation(db, vault, { stop_hash })
  const address = parseEmailAddress(found?.invited.email ?? '')
  if (!found || !address.ok) return false
  await db.transaction().execute(async (tx) => {
    const since = clock.now().toISOString().slice(0, 10)
    await writeRefusal(tx, refusalHashOf(vault, address.value.canonical), since)
    const declined = { state: 'declined', reserved_until: null } as const
    await answerInvitation(tx, found.id, declined, ['invited', 'reserved'])
  })
  return true
}
