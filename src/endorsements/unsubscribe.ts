// Use case: no more updates (RFC 8058). The link in the mail is enough; it does this and nothing else.
import { readLink } from '../confirmations/links.ts'
import type { Context } from '../context.ts'
import type { Endorsement } from './endorsement.ts'
import { findEndorsement } from './endorsement-store.ts'
import { stopUpdatesTo } from './wish-store.ts'

/** Whom an unsubscribe link is about; also an old one, for who wants no mail must not have to ask. */
export async function findSubscriber(ctx: Context, token: string): Promise<Endorsement | null> {
  const link = await readLink(ctx.db, ctx, 'unsubscribe', token)
  return link.state === 'unknown' ? null : findEndorsement(ctx.db, ctx.vault, link.endorsementId)
}

export async function unsubscribe(ctx: Pick<Context, 'db'>, own: Endorsement): Promise<void> {
  await stopUpdatesTo(ctx.db, own.addressHash)
}
