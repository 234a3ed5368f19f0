// Use cases: signing in at the desk by a link in a mail (single use, 15 minutes), used by POST only.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { queueMail } from '../mail/queue.ts'
import type { EmailAddress } from '../text/email-address.ts'
import { openSession } from './sessions.ts'
import { countLiveLinks, isLinkLive, useSignInLink, writeSignInLink } from './session-store.ts'

export const linkMinutes = 15
/** so that nobody fills a coordinator's mailbox */
const mostLinks = 5

/** Only notes the wish; the worker looks who it is (product.md P-10). */
export async function askForLink(
  ctx: Context,
  address: EmailAddress,
  language: string,
): Promise<void> {
  await queueMail(ctx.db, ctx, {
    kind: 'sign-in',
    recipient: address.typed,
    language,
    statementId: null,
    endorsementId: null,
  })
}

/** @param seed the id of the mail that carries it: sending that again makes the same link */
export async function issueSignInLink(
  tx: Db,
  { vault, clock }: Pick<Context, 'vault' | 'clock'>,
  { coordinatorId, seed }: { coordinatorId: string; seed: string },
): Promise<string> {
  const token = vault.tokenFrom(`sign-in\0${seed}\0${coordinatorId}`)
  await writeSignInLink(tx, {
    hash: hashOf({ vault }, token),
    coordinator_id: coordinatorId,
    expires_at: new Date(clock.now().getTime() + linkMinutes * 60_000).toISOString(),
    used: 0,
  })
  return token
}

/** Links that could be used now; one more would only be one more mail. */
export async function hasEnoughLinks(ctx: Context, coordinatorId: string): Promise<boolean> {
  if (!ctx.config.hasLimits) return false
  const live = await countLiveLinks(ctx.db, coordinatorId, ctx.clock.now().toISOString())
  return live >= mostLinks
}

const hashOf = ({ vault }: Pick<Context, 'vault'>, token: string) =>
  vault.hash('token', 'sign-in', token)

export async function mayUseLink(ctx: Context, token: string): Promise<boolean> {
  return isLinkLive(ctx.db, hashOf(ctx, token), ctx.clock.now().toISOString())
}

/** @returns the token of the new session; null when the link was used before or is too old */
export async function signIn(ctx: Context, token: string, browser: string): Promise<string | null> {
  return ctx.db.transaction().execute(async (tx) => {
    const now = ctx.clock.now().toISOString()
    const coordinatorId = await useSignInLink(tx, hashOf(ctx, token), now)
    if (coordinatorId === null) return null
    await record(tx, ctx, { actor: coordinatorId, action: 'signed in', subject: coordinatorId })
    return openSession(tx, ctx, { coordinatorId, browser })
  })
}
