// What the sign-in mail says, decided when it is sent: nothing at all to who is unknown (P-10).
import type { Context } from '../context.ts'
import { formatsOf } from '../languages/formats.ts'
import { dirOf, translator } from '../languages/languages.ts'
import type { Composed, QueuedMail } from '../mail/worker.ts'
import { pathsUnder } from '../paths.ts'
import { parseEmailAddress } from '../text/email-address.ts'
import { findCoordinator } from './coordinator-store.ts'
import { emailHashOf } from './people.ts'
import { hasEnoughLinks, issueSignInLink, linkMinutes } from './sign-in.ts'

export async function composeSignIn(ctx: Context, mail: QueuedMail): Promise<Composed> {
  const address = parseEmailAddress(mail.recipient)
  if (!address.ok) return { outcome: 'drop' }
  const emailHash = emailHashOf(ctx, address.value)
  const person = await findCoordinator(ctx.db, ctx.vault, { emailHash })
  if (!person) return { outcome: 'drop' }
  if (mail.attempts === 1 && (await hasEnoughLinks(ctx, person.id))) return { outcome: 'drop' }
  const token = await issueSignInLink(ctx.db, ctx, { coordinatorId: person.id, seed: mail.id })
  return letter(ctx, mail, token)
}

function letter(ctx: Context, { language }: QueuedMail, token: string): Composed {
  const { baseUrl, defaultLanguage, siteName } = ctx.config
  const paths = pathsUnder(baseUrl, language === defaultLanguage ? '' : `/${language}`)
  return {
    outcome: 'send',
    mail: ctx.views.mail('sign-in', {
      page: { siteName, language, dir: dirOf(language), notices: [] },
      view: { url: paths.desk.signInWith(token), minutes: linkMinutes },
      t: translator(language),
      format: formatsOf(language),
      paths,
    }),
  }
}
