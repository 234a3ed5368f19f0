// Links in mails (product.md M-3): one purpose each, expiring, superseded by the next one.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import type { TokenPurpose } from '../endorsements/tables.ts'
import { upToTheDay, upToTheMinute } from '../text/minutes.ts'
import {
  deleteLinksExpiredBefore,
  findLink,
  findLinkWithRow,
  type LinkRow,
  supersedeLinks,
  useLinks,
  writeLink,
} from './link-store.ts'

export { hasLiveLink } from './link-store.ts'

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
  const { token, link } = linkFor(ctx, wanted)
  // in this order: of two at the same time, outside of a transaction, one stays
  await supersedeLinks(db, wanted.endorsementId, wanted.purpose, link.hash)
  await writeLink(db, link)
  return token
}

/** The link that confirms is used, and what it gives is one to manage. @returns its token */
export async function exchangeLink(
  db: Db,
  ctx: Needs,
  wanted: Omit<LinkWanted, 'purpose'>,
): Promise<string> {
  const { token, link } = linkFor(ctx, { ...wanted, purpose: 'manage' })
  await useLinks(db, wanted.endorsementId, link.hash)
  await writeLink(db, link)
  return token
}

function linkFor(ctx: Needs, { purpose, endorsementId, mailId }: LinkWanted) {
  const token = ctx.vault.tokenFrom(`${purpose}\0${mailId}\0${endorsementId}`)
  const link: LinkRow = {
    hash: ctx.vault.hash('token', purpose, token),
    purpose,
    endorsement_id: endorsementId,
    state: 'live',
    expires_at: expiryOf(purpose, ctx.clock.now()),
  }
  return { token, link }
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

/** The same, with the endorsement that it leads to as it is stored. */
export async function followLink(db: Db, ctx: Needs, purpose: TokenPurpose, token: string) {
  const row = await findLinkWithRow(db, ctx.vault.hash('token', purpose, token))
  if (!row) return { state: 'unknown' } as const
  const link = { state: row.link_state, expires_at: row.expires_at }
  return { state: stateOf(link, ctx.clock.now()), row }
}

function stateOf(
  { state, expires_at }: Pick<LinkRow, 'state' | 'expires_at'>,
  now: Date,
): LinkRow['state'] | 'expired' {
  return state === 'live' && expires_at <= now.toISOString() ? 'expired' : state
}

/** An expired link explains itself this long. */
const expiredDays = 14

export async function forgetLinks(db: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - expiredDays * 86_400_000)
  return deleteLinksExpiredBefore(db, before.toISOString())
}
