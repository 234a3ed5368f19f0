// Links in mails (product.md M-3): one purpose each, expiring, superseded by the next one.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import type { TokenPurpose } from '../endorsements/tables.ts'
import { upToTheDay, upToTheMinute } from '../text/minutes.ts'
import {
  deleteLinksExpiredBefore,
  findLink,
  type LinkRow,
  supersedeLinks,
  writeLink,
} from './link-store.ts'

export { hasLiveLink, useLinks } from './link-store.ts'

export const confirmHours = 72
/** A private link works as long as there is something to manage; a new one supersedes it. */
export const manageDays = 365

type Needs = Pick<Context, 'vault' | 'clock'>

export interface LinkWanted {
  purpose: TokenPurpose
  endorsementId: string
  /** the random id of the mail that carries it: sending that mail again makes the same link */
  mailId: string
}

/** @returns the token; the database gets its hash only */
export async function issueLink(db: Db, ctx: Needs, wanted: LinkWanted): Promise<string> {
  const { purpose, endorsementId, mailId } = wanted
  const token = ctx.vault.tokenFrom(`${purpose}\0${mailId}\0${endorsementId}`)
  const hash = ctx.vault.hash('token', purpose, token)
  // in this order: of two at the same time, outside of a transaction, one stays
  await supersedeLinks(db, endorsementId, purpose, hash)
  await writeLink(db, {
    hash,
    purpose,
    endorsement_id: endorsementId,
    state: 'live',
    expires_at: expiryOf(purpose, ctx.clock.now()),
  })
  return token
}

function expiryOf(purpose: TokenPurpose, now: Date): string {
  const after = (hours: number) => new Date(now.getTime() + hours * 3_600_000)
  return purpose === 'confirm'
    ? upToTheMinute(after(confirmHours))
    : upToTheDay(after(manageDays * 24))
}

export type FoundLink =
  | { state: 'live' | 'used' | 'superseded' | 'expired'; endorsementId: string }
  | { state: 'unknown' }

/** Reads only. A token of another purpose is unknown. */
export async function readLink(
  db: Db,
  ctx: Needs,
  purpose: TokenPurpose,
  token: string,
): Promise<FoundLink> {
  const row = await findLink(db, ctx.vault.hash('token', purpose, token))
  if (!row) return { state: 'unknown' }
  return { state: stateOf(row, ctx.clock.now()), endorsementId: row.endorsement_id }
}

function stateOf(row: LinkRow, now: Date): LinkRow['state'] | 'expired' {
  const isExpired = row.state === 'live' && row.expires_at <= now.toISOString()
  return isExpired ? 'expired' : row.state
}

/** An expired link explains itself this long. */
const expiredDays = 14

export async function forgetLinks(db: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - expiredDays * 86_400_000)
  return deleteLinksExpiredBefore(db, before.toISOString())
}
