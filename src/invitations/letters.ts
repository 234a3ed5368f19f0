// What the mails to invited organisations say, decided when they are sent (docs/adr/0003): nothing to
// those who have signed, withdrawn, declined, or do not want to be written to.
import type { Context } from '../context.ts'
import { standingOf } from '../endorsements/who-signed.ts'
import { embargoNotices } from '../http/embargo-notice.ts'
import { formatsOf } from '../languages/formats.ts'
import { dirOf, translator } from '../languages/languages.ts'
import type { Composed, QueuedMail } from '../mail/worker.ts'
import { pathsUnder } from '../paths.ts'
import { findStatementById } from '../statements/find-statement.ts'
import {
  embargoAt,
  inLanguage,
  type Statement,
  statusAt,
  versionFor,
} from '../statements/stored-statement.ts'
import { parseEmailAddress } from '../text/email-address.ts'
import { type Invitation, invitationHashOf, refusalHashOf, tokenOf } from './invitation.ts'
import { findInvitation, listRefusals, noteMail } from './invitation-store.ts'

const drop: Composed = { outcome: 'drop' }
/** Until a statement is published, or signing goes on. */
const lookAgainMs = 10 * 60_000

export async function composeInvitation(ctx: Context, mail: QueuedMail): Promise<Composed> {
  const statement = await findStatementById(ctx.db, mail.statement_id ?? '')
  const address = parseEmailAddress(mail.recipient)
  if (!statement || !address.ok) return drop
  const { canonical } = address.value
  const address_hash = invitationHashOf(ctx.vault, statement.id, canonical)
  const invitation = await findInvitation(ctx.db, ctx.vault, { address_hash })
  if (!invitation || !isUnanswered(invitation, mail)) return drop
  const now = ctx.clock.now()
  const status = statusAt(statement, now)
  if (status === 'draft' || (status === 'open' && statement.pausedAt !== null)) {
    return { outcome: 'wait', until: new Date(now.getTime() + lookAgainMs) }
  }
  if (status !== 'open' || !(await mayBeInvited(ctx, statement, canonical))) return drop
  await noteMail(ctx.db, invitation.id, mail.id)
  return letter(ctx, mail, statement, invitation)
}

function isUnanswered({ state }: Invitation, { kind }: QueuedMail): boolean {
  return state === 'invited' || (state === 'reserved' && kind === 'invitation-reminder')
}

async function mayBeInvited(ctx: Context, { id }: Statement, canonical: string): Promise<boolean> {
  const refusal = refusalHashOf(ctx.vault, canonical)
  if ((await listRefusals(ctx.db, [refusal])).has(refusal)) return false
  return (await standingOf(ctx.db, ctx, id, canonical)).standing === 'none'
}

function letter(
  { vault, views, config, clock }: Context,
  { kind, language }: QueuedMail,
  statement: Statement,
  { id, invited }: Invitation,
): Composed {
  const { baseUrl, defaultLanguage, siteName } = config
  const paths = pathsUnder(baseUrl, language === defaultLanguage ? '' : `/${language}`)
  const text = versionFor(statement, language)
  const words = { t: translator(language), format: formatsOf(language) }
  const notices = embargoNotices(embargoAt(statement, clock.now()), words)
  const unsubscribeUrl = paths.stopInvitations(tokenOf(vault, 'stop', id))
  const rendered = views.mail('invitation', {
    page: { siteName, language, dir: dirOf(language), notices },
    view: {
      title: inLanguage(text.title, text.language),
      name: invited.name,
      convenors: statement.convenors.map(({ name }) => name),
      isReminder: kind === 'invitation-reminder',
      isDiscreet: statement.discreet,
      statementUrl: paths.statement(statement.slug),
      invitationUrl: paths.invitation(statement.slug, tokenOf(vault, 'invitation', id)),
      unsubscribeUrl,
      closesAt: statement.closesAt,
    },
    ...words,
    paths,
  })
  return { outcome: 'send', mail: { ...rendered, unsubscribeUrl } }
}
