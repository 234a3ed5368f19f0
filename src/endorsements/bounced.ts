// Use case: a mail came back for good. The pending endorsement is dropped and its mailbox gets no
// more mail for this statement; a confirmed one stays, for its mailbox was there.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { scrub } from '../db/scrub.ts'
import { noteInvitationBounce } from '../invitations/note-bounce.ts'
import { readBounce } from '../mail/bounce.ts'
import { endorsementOfMail } from '../mail/sent-mails.ts'
import { findStatementById } from '../statements/find-statement.ts'
import { toTheDay } from '../text/minutes.ts'
import { suppressedDays } from './confirm.ts'
import { deleteWhile, findEndorsement, suppress } from './endorsement-store.ts'

/** `unknown`: no mail of ours, or one of long ago; only who got the mail knows its random id. */
export type Bounced = 'dropped' | 'invitation' | 'not-pending' | 'unknown' | 'temporary' | 'other'

export async function takeBounce(
  ctx: Context,
  message: string | Uint8Array,
  actor = 'system',
): Promise<Bounced> {
  const bounce = await readBounce(message)
  if (bounce.kind !== 'permanent') return bounce.kind
  const id = await endorsementOfMail(ctx.db, ctx, bounce.mailId)
  const endorsement = id === null ? null : await findEndorsement(ctx.db, ctx.vault, id)
  if (!endorsement) {
    return (await noteInvitationBounce(ctx, bounce.mailId)) ? 'invitation' : 'unknown'
  }
  const until = new Date(ctx.clock.now().getTime() + suppressedDays * 86_400_000)
  const isDropped = await ctx.db.transaction().execute(async (tx) => {
    if (!(await deleteWhile(tx, endorsement.id, ['pending']))) return false
    await suppress(tx, endorsement.addressHash, toTheDay(until))
    const statement = await findStatementById(tx, endorsement.statementId)
    const subject = statement?.slug ?? 'site'
    await record(tx, ctx, { actor, action: 'mail bounced', subject, detail: { dropped: 1 } })
    return true
  })
  if (isDropped) await scrub(ctx.db, ctx.config.database.kind)
  return isDropped ? 'dropped' : 'not-pending'
}
