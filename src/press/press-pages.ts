// Page: what a journalist with one minute needs, all from the same numbers (product.md R1).
import type { RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { listFormats } from '../documents/formats.ts'
import { editionsOf } from '../editions/find-editions.ts'
import { titleIn } from '../endorsements/views.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { picturesOf } from '../pictures/pictures.ts'
import { findPublic } from '../statements/find-public.ts'
import {
  endOf,
  inLanguage,
  type Statement,
  statusAt,
  versionFor,
} from '../statements/stored-statement.ts'
import { contactOf } from './contact.ts'
import { quotesOf } from './quote.ts'
import { sentencesFor } from './sentences.ts'

export function pressPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const { language, paths, t } = speaking(ctx, res)
    const text = versionFor(statement, language)
    const pictures = await picturesOf(ctx, statement, { language, paths })
    const { counts } = pictures
    const { name, email, phone } = await contactOf(ctx, statement)
    const quotes = await quotesOf(ctx, statement, language)
    const view = {
      ...aboutOf(ctx, statement),
      title: titleIn(statement, language),
      summary: inLanguage(text.summary, text.language),
      counts,
      sentences: sentencesFor(ctx, statement, counts, language),
      quotes: quotes.map((quote) => ({ ...quote, words: inLanguage(quote.words, quote.language) })),
      contact: [name, email, phone].some((each) => each !== '') ? { name, email, phone } : null,
      downloads: downloadsOf(ctx, res, statement),
      // their tables are on a page of their own
      pictures: { ...pictures, hasTables: false },
      edition: await editionFor(ctx, res, statement),
    }
    sendPage(ctx, req, res, 'press/press', view, {
      title: t('press.title', { title: text.title }),
      description: text.summary || null,
      isDiscreet: statement.discreet,
    })
  }
}

function aboutOf({ clock }: Context, statement: Statement) {
  return {
    slug: statement.slug,
    kind: statement.kind,
    status: statusAt(statement, clock.now()),
    dated: statement.dated,
    signers: statement.signers,
    convenors: statement.convenors,
    addressees: statement.addressees,
    authoritativeLanguage: statement.authoritative,
    closesAt: endOf(statement),
  }
}

function downloadsOf(ctx: Context, res: Response, { slug }: Statement) {
  const { paths } = speaking(ctx, res)
  const list = listFormats.map((kind) => ({
    label: `statement.download-${kind}`,
    href: paths.signatoriesFile(slug, kind),
  }))
  if (!ctx.config.hasPdf) return { list, letter: [] }
  return {
    list: [{ label: 'statement.list-pdf', href: paths.signatoriesFile(slug, 'pdf') }, ...list],
    letter: [
      { label: 'statement.letter-pdf', href: paths.letter(slug) },
      { label: 'statement.summary-pdf', href: paths.summary(slug) },
    ],
  }
}

/** What to cite for good: the list as it was handed over, else the newest that is frozen. */
async function editionFor(ctx: Context, res: Response, statement: Statement) {
  const { paths } = speaking(ctx, res)
  const { slug, deliveredAt } = statement
  const editions = await editionsOf(ctx, statement)
  const delivered = editions.find(({ madeAt }) => deliveredAt !== null && madeAt <= deliveredAt)
  const edition = delivered ?? editions[0]
  if (!edition) return null
  const { number } = edition
  return { number, isDelivered: edition === delivered, href: paths.edition(slug, number) }
}
