// Page of the desk: what the press is given of a statement, and who may read it before it is public.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { fieldsOf } from '../http/fields.ts'
import { textParam } from '../http/query.ts'
import { speaking } from '../http/respond.ts'
import { languages } from '../languages/languages.ts'
import { embargoAt, inLanguage, type Statement, statusAt } from '../statements/stored-statement.ts'
import { changeContact, contactOf } from './contact.ts'
import { endPressLink, pressLinksOf, sharePress } from './links.ts'
import { addQuote, mostQuotes, takeQuoteDown } from './quote.ts'
import { type PressFault, readContact, readQuote, typedContact, typedQuote } from './quote-form.ts'
import { listEvidence, listQuotes } from './quote-store.ts'

const page = 'press'
const path = `/desk/statements/:slug/${page}`

export function pressRoutes(ctx: Context): DeskRoute[] {
  return [
    {
      method: 'get',
      path,
      needs: 'coordinate',
      handle: (req, res, desk) => sendPress(ctx, req, res, desk, {}),
    },
    {
      method: 'post',
      path,
      needs: 'coordinate',
      handle: (req, res, desk) => change(ctx, req, res, desk),
    },
  ]
}

interface Typed {
  contact?: ReturnType<typeof typedContact>
  quote?: ReturnType<typeof typedQuote>
  faults?: PressFault[]
  hasCollided?: boolean
}

async function sendPress(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  { contact, quote, faults = [], hasCollided = false }: Typed,
): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  const { statement } = desk
  const { slug } = statement
  const present = await contactOf(ctx, statement)
  const { language } = speaking(ctx, res)
  const hasFaults = faults.length > 0
  const view = {
    action: paths.desk.of(slug, page),
    settingsHref: paths.desk.of(slug, 'settings'),
    publicHref: paths.press(slug),
    isDraft: statusAt(statement, ctx.clock.now()) === 'draft',
    areNamesHidden: statement.namesHidden !== null,
    embargo: embargoAt(statement, ctx.clock.now()),
    links: await linksOf(ctx, res, statement),
    revision: present.revision,
    present,
    hasCollided,
    quotes: await quotesWithEvidence(ctx, statement),
    mostQuotes,
    languages: languagesOf(statement),
    values: {
      ...(contact ?? present),
      ...(quote ?? { ...typedQuote({}), quote_language: language }),
    },
    faults: faults.map(({ field, message }) => ({ field, message: t(message) })),
    isSaved: textParam(req, 'saved') !== '' && !hasFaults,
  }
  const status = hasCollided ? 409 : hasFaults ? 422 : 200
  const title = t('desk.page.press')
  sendDeskPage(ctx, req, res, desk, 'press/desk', view, { status, title, hasFaults })
}

async function linksOf(ctx: Context, res: Response, statement: Statement) {
  const { urls } = speaking(ctx, res)
  return (await pressLinksOf(ctx, statement)).map(({ id, token, created_at }) => ({
    id,
    address: urls.embargoed(token),
    madeAt: created_at,
  }))
}

async function quotesWithEvidence(ctx: Context, { id }: Statement) {
  const evidence = await listEvidence(ctx.db, ctx.vault, id)
  return (await listQuotes(ctx.db, id)).map((quote) => ({
    ...quote,
    words: inLanguage(quote.words, quote.language),
    evidence: evidence.find((each) => each.id === quote.id)?.evidence ?? '',
  }))
}

const languagesOf = ({ versions }: Statement) => [
  ...new Set([...versions.map(({ language }) => language), ...languages.map(({ code }) => code)]),
]

async function change(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
): Promise<void> {
  const { statement, coordinator } = desk
  const typed = fieldsOf(req)
  const { do: wanted, end, 'take-down': quote } = typed
  if (wanted === 'contact') return saveContact(ctx, req, res, desk)
  if (wanted === 'quote') return saveQuote(ctx, req, res, desk)
  if (wanted === 'link') await sharePress(ctx, statement, coordinator.id)
  if (end !== undefined) await endPressLink(ctx, statement, end, coordinator.id)
  if (quote !== undefined) await takeQuoteDown(ctx, statement, quote, coordinator.id)
  return back(ctx, res, desk)
}

function back(ctx: Context, res: Response, { statement }: StatementDesk): void {
  const { paths } = speaking(ctx, res)
  res.redirect(303, paths.desk.of(statement.slug, page, { saved: 'yes' }))
}

async function saveContact(ctx: Context, req: Request, res: Response, desk: StatementDesk) {
  const contact = typedContact(fieldsOf(req))
  const read = readContact(contact, fieldsOf(req)['revision'] ?? '')
  if (!read.ok) return sendPress(ctx, req, res, desk, { contact, faults: read.faults })
  const changed = await changeContact(ctx, desk.statement, read.value, desk.coordinator.id)
  if (changed === 'changed') return back(ctx, res, desk)
  const faults = [{ field: 'name', message: 'editor.fault.collided' } as const]
  return sendPress(ctx, req, res, desk, { contact, faults, hasCollided: true })
}

async function saveQuote(ctx: Context, req: Request, res: Response, desk: StatementDesk) {
  const quote = typedQuote(fieldsOf(req))
  const read = readQuote(quote, languagesOf(desk.statement))
  if (!read.ok) return sendPress(ctx, req, res, desk, { quote, faults: read.faults })
  const added = await addQuote(ctx, desk.statement, read.value, desk.coordinator.id)
  if (added === 'added') return back(ctx, res, desk)
  const faults = [{ field: 'words', message: 'press.fault.too-many' } as const]
  return sendPress(ctx, req, res, desk, { quote, faults })
}
