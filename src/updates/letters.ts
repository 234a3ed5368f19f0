// What the mail of an update says, decided when it is sent: nothing to who no longer wants it.
import { issueLink } from '../confirmations/links.ts'
import type { Context } from '../context.ts'
import { findEndorsement, isSuppressed } from '../endorsements/find-endorsement.ts'
import { embargoNotices } from '../http/embargo-notice.ts'
import { formatsOf } from '../languages/formats.ts'
import { dirOf, isLanguage, translator } from '../languages/languages.ts'
import type { Composed, QueuedMail } from '../mail/worker.ts'
import { type Paths, pathsUnder } from '../paths.ts'
import { findStatementById } from '../statements/find-statement.ts'
import { renderText } from '../statements/statement-text.ts'
import {
  embargoAt,
  inLanguage,
  type Statement,
  versionFor,
} from '../statements/stored-statement.ts'
import { dropRecipient } from './recipient-store.ts'
import { textFor, type Update, type UpdateText } from './update.ts'
import { findUpdate } from './update-store.ts'

const drop: Composed = { outcome: 'drop' }
const lookAgainMinutes = 5

export async function composeUpdate(ctx: Context, mail: QueuedMail): Promise<Composed> {
  const update = await findUpdate(ctx.db, mail.update_id ?? '')
  const statement = update && (await findStatementById(ctx.db, update.statementId))
  if (!update || !statement) return drop
  if (mail.kind === 'update-test') return composeTest(ctx, mail, statement, update)
  if (update.state === 'cancelled') return drop
  if (update.state === 'paused') {
    const until = new Date(ctx.clock.now().getTime() + lookAgainMinutes * 60_000)
    return { outcome: 'wait', until }
  }
  const token = await tokenFor(ctx, mail, statement, update)
  const text = textFor(update, mail.language, statement.authoritative)
  if (token === null || text === null) return drop
  const link = pathsFor(ctx, mail.language).unsubscribe(token)
  return {
    outcome: 'send',
    mail: { ...composeLetter(ctx, mail.language, statement, text, link), unsubscribeUrl: link },
  }
}

/** The one link of an endorsement, in each of its updates the same; null when none is wanted. */
async function tokenFor(
  ctx: Context,
  mail: QueuedMail,
  statement: Statement,
  { id: updateId }: Update,
): Promise<string | null> {
  const endorsement = await findEndorsement(ctx.db, ctx.vault, mail.endorsement_id ?? '')
  if (!endorsement) return null
  const now = ctx.clock.now().toISOString()
  return ctx.db.transaction().execute(async (tx) => {
    const isWanted =
      endorsement.updates &&
      statement.state !== 'taken-down' &&
      ['confirmed', 'held', 'suspect'].includes(endorsement.state) &&
      !(await isSuppressed(tx, endorsement.addressHash, now))
    if (!isWanted) {
      await dropRecipient(tx, updateId, endorsement)
      return null
    }
    const { id: endorsementId } = endorsement
    return issueLink(tx, ctx, { purpose: 'unsubscribe', endorsementId, mailId: 'updates' })
  })
}

/** Leads to a page that says that the link is only an example. */
function composeTest(
  ctx: Context,
  mail: QueuedMail,
  statement: Statement,
  update: Update,
): Composed {
  const text = textFor(update, mail.language, statement.authoritative)
  if (text === null) return drop
  const link = pathsFor(ctx, mail.language).unsubscribe('example')
  return { outcome: 'send', mail: composeLetter(ctx, mail.language, statement, text, link) }
}

/** The words around the text are in the endorser's language, where the interface has it. */
export function composeLetter(
  ctx: Pick<Context, 'config' | 'views' | 'clock'>,
  wanted: string,
  statement: Statement,
  text: UpdateText,
  unsubscribeUrl: string,
) {
  const language = isLanguage(wanted) ? wanted : ctx.config.defaultLanguage
  const paths = pathsFor(ctx, language)
  const about = versionFor(statement, language)
  const words = { t: translator(language), format: formatsOf(language) }
  const notices = embargoNotices(embargoAt(statement, ctx.clock.now()), words)
  return ctx.views.mail('update', {
    page: { siteName: ctx.config.siteName, language, dir: dirOf(language), notices },
    view: {
      title: inLanguage(text.title, text.language),
      text: text.body,
      textHtml: renderText(text.body),
      statementTitle: inLanguage(about.title, about.language),
      updatesUrl: paths.updates(statement.slug),
      unsubscribeUrl,
      isDiscreet: statement.discreet,
    },
    ...words,
    paths,
  })
}

function pathsFor({ config }: Pick<Context, 'config'>, language: string): Paths {
  const { baseUrl, defaultLanguage } = config
  const isPrefixed = language !== defaultLanguage && isLanguage(language)
  return pathsUnder(baseUrl, isPrefixed ? `/${language}` : '')
}
