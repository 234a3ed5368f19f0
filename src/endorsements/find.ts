// Use cases: asking again for a mail. Both only note the wish; the worker looks who it is, so the
// page can tell nothing, not even by its timing (product.md P-10).
import type { Context } from '../context.ts'
import { queueMail } from '../mail/queue.ts'
import type { Statement } from '../statements/stored-statement.ts'
import type { EmailAddress } from '../text/email-address.ts'

export async function findMyEndorsements(
  ctx: Context,
  address: EmailAddress,
  language: string,
): Promise<void> {
  await queueMail(ctx.db, ctx, {
    kind: 'find',
    recipient: address.typed,
    language,
    statementId: null,
    endorsementId: null,
  })
}

export async function resendTo(
  ctx: Context,
  statement: Statement,
  address: EmailAddress,
  language: string,
): Promise<void> {
  await queueMail(ctx.db, ctx, {
    kind: 'resend',
    recipient: address.typed,
    language,
    statementId: statement.id,
    endorsementId: null,
  })
}
