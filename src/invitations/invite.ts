// Use cases: coordinators invite organisations, each mailbox once for a statement, and take an
// invitation back.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { scrub } from '../db/scrub.ts'
import { standingOf } from '../endorsements/who-signed.ts'
import { queueMail } from '../mail/queue.ts'
import type { Statement } from '../statements/stored-statement.ts'
import type { EmailAddress } from '../text/email-address.ts'
import { toTheMinute } from '../text/minutes.ts'
import {
  type Invited,
  invitationHashOf,
  refusalHashOf,
  tokenHashOf,
  tokenOf,
} from './invitation.ts'
import { deleteInvitation, insertInvitation, listRefusals } from './invitation-store.ts'

/** Somebody to invite. */
export interface Invitee extends Omit<Invited, 'email'> {
  address: EmailAddress
  language: string
}

type Needs = Pick<Context, 'vault' | 'random' | 'clock'>

/** How many were invited, were there before, have endorsed already, do not want to be invited. */
export interface InvitedCounts {
  invited: number
  known: number
  endorsed: number
  refused: number
}

export async function invite(
  ctx: Context,
  statement: Pick<Statement, 'id' | 'slug'>,
  invitees: readonly Invitee[],
  actor: string,
): Promise<InvitedCounts> {
  return ctx.db.transaction().execute(async (tx) => inviteIn(tx, ctx, statement, invitees, actor))
}

/** The same inside a transaction. */
export async function inviteIn(
  tx: Db,
  ctx: Needs,
  statement: Pick<Statement, 'id' | 'slug'>,
  invitees: readonly Invitee[],
  actor: string,
): Promise<InvitedCounts> {
  const hashes = invitees.map(({ address }) => refusalHashOf(ctx.vault, address.canonical))
  const refusals = await listRefusals(tx, hashes)
  const counts: InvitedCounts = { invited: 0, known: 0, endorsed: 0, refused: 0 }
  for (const [n, invitee] of invitees.entries()) {
    const outcome = refusals.has(hashes[n] ?? '')
      ? 'refused'
      : await inviteOne(tx, ctx, statement.id, invitee)
    counts[outcome] += 1
  }
  const detail = { ...counts }
  const entry = {
    actor,
    action: 'organisations invited',
    subject: statement.slug,
    detail,
  } as const
  if (counts.invited + counts.endorsed > 0) await record(tx, ctx, entry)
  return counts
}

async function inviteOne(
  tx: Db,
  ctx: Needs,
  statementId: string,
  invitee: Invitee,
): Promise<'invited' | 'known' | 'endorsed'> {
  const { address, language, ...about } = invitee
  const { vault, random, clock } = ctx
  const standing = await standingOf(tx, ctx, statementId, address.canonical)
  const hasEndorsed = standing.standing === 'endorsed'
  const id = random.id()
  const now = clock.now()
  const hash = (purpose: 'invitation' | 'stop') =>
    tokenHashOf(vault, purpose, tokenOf(vault, purpose, id))
  const invited: Invited = { ...about, email: address.typed }
  const isNew = await insertInvitation(tx, {
    id,
    statement_id: statementId,
    address_hash: invitationHashOf(vault, statementId, address.canonical),
    details_sealed: vault.seal('invitation', id, JSON.stringify(invited)),
    language,
    state: hasEndorsed ? 'endorsed' : 'invited',
    reserved_until: null,
    token_hash: hash('invitation'),
    stop_hash: hash('stop'),
    endorsement_id: hasEndorsed ? standing.endorsementId : null,
    reminders: 0,
    last_mail_at: now.toISOString(),
    invited_at: toTheMinute(now),
    mail_id: null,
    bounced_at: null,
  })
  if (!isNew) return 'known'
  if (hasEndorsed) return 'endorsed'
  const mail = { kind: 'invitation', recipient: address.typed, language } as const
  await queueMail(tx, ctx, { ...mail, statementId, endorsementId: null })
  return 'invited'
}

/** Its link is unknown from now on, and a mail that waits says nothing. */
export async function takeBack(
  ctx: Context,
  { id, slug }: Pick<Statement, 'id' | 'slug'>,
  invitationId: string,
  actor: string,
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await deleteInvitation(tx, id, invitationId))) return
    await record(tx, ctx, { actor, action: 'invitation removed', subject: slug })
  })
  await scrub(ctx.db, ctx.config.database.kind)
}
