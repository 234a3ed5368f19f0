// Pages of the desk: the updates of a statement, and one of them with its preview and its sending.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { NotFound } from '../http/errors.ts'
import { fieldsOf } from '../http/fields.ts'
import { textParam } from '../http/query.ts'
import { speaking } from '../http/respond.ts'
import { languages, type MessageKey } from '../languages/languages.ts'
import { perMinute } from '../mail/pace.ts'
import { renderText } from '../statements/statement-text.ts'
import { inLanguage, type Statement } from '../statements/stored-statement.ts'
import { countReached, listUpdates } from './find-updates.ts'
import { composeLetter } from './letters.ts'
import { beginSending, cancelSending, pauseSending, progressOf, sendTest } from './send-update.ts'
import { markOf, textFor, type Update } from './update.ts'
import { beginUpdate, discardUpdate, findUpdateOf } from './write-update.ts'

const list = '/desk/statements/:slug/updates'
const one = `${list}/:update`

export function updateRoutes(ctx: Context): DeskRoute[] {
  const handle =
    (page: (ctx: Context, req: Request, res: Response, desk: StatementDesk) => Promise<void>) =>
    (req: Request, res: Response, desk: StatementDesk) =>
      page(ctx, req, res, desk)
  return [
    { method: 'get', path: list, needs: 'read', handle: handle(all) },
    { method: 'post', path: list, needs: 'coordinate', handle: handle(begin) },
    { method: 'get', path: one, needs: 'read', handle: handle(show) },
    { method: 'post', path: one, needs: 'coordinate', handle: handle(decide) },
    { method: 'post', path: `${one}/test`, needs: 'translate', handle: handle(test) },
    {
      method: 'post',
      path: `${one}/send`,
      needs: 'coordinate',
      isFresh: true,
      handle: handle(send),
    },
  ]
}

/** Those that people are written to in, the authoritative one first. */
export function languagesFor({ authoritative }: Pick<Statement, 'authoritative'>): string[] {
  return [...new Set([authoritative, ...languages.map(({ code }) => code)])]
}

export async function updateOf(
  ctx: Context,
  req: Request,
  { statement }: StatementDesk,
): Promise<Update> {
  const update = await findUpdateOf(ctx, statement, String(req.params['update'] ?? ''))
  if (!update) throw new NotFound()
  return update
}

async function all(ctx: Context, req: Request, res: Response, desk: StatementDesk): Promise<void> {
  const { t, paths, language, format } = speaking(ctx, res)
  const { statement, may } = desk
  const updates = []
  for (const update of await listUpdates(ctx.db, statement.id)) {
    const text = textFor(update, language, statement.authoritative)
    updates.push({
      href: paths.desk.of(statement.slug, `updates/${update.id}`),
      title: inLanguage(text?.title ?? t('desk.updates.untitled'), text?.language ?? language),
      state: update.state,
      day: format.day(update.sentAt ?? update.createdAt),
      progress: await progressOf(ctx, update),
    })
  }
  const view = {
    action: paths.desk.of(statement.slug, 'updates'),
    mayWrite: may.coordinate,
    reached: await countReached(ctx.db, statement.id),
    updates,
  }
  sendDeskPage(ctx, req, res, desk, 'updates/desk', view, { title: t('desk.page.updates') })
}

async function begin(
  ctx: Context,
  _req: Request,
  res: Response,
  { statement }: StatementDesk,
): Promise<void> {
  const { paths } = speaking(ctx, res)
  const id = await beginUpdate(ctx, statement)
  res.redirect(303, paths.desk.of(statement.slug, `updates/${id}/text`))
}

async function show(ctx: Context, req: Request, res: Response, desk: StatementDesk) {
  await sendUpdate(ctx, req, res, desk, await updateOf(ctx, req, desk), null)
}

async function sendUpdate(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  update: Update,
  fault: MessageKey | null,
): Promise<void> {
  const { t, paths, language } = speaking(ctx, res)
  const { statement, may } = desk
  const at = (page: string, query = {}) =>
    paths.desk.of(statement.slug, `updates/${update.id}${page}`, query)
  const wanted = shownLanguage(req, statement, language)
  const text = textFor(update, wanted, statement.authoritative)
  const isDraft = update.state === 'draft'
  const mayWrite = (code: string) =>
    may.translate && (may.coordinate || code !== statement.authoritative)
  const title = text?.title ?? t('desk.updates.untitled')
  const view = {
    title: inLanguage(title, text?.language ?? language),
    state: update.state,
    faults: fault === null ? [] : [{ field: 'sending', message: t(fault) }],
    languages: languagesFor(statement).map((code) => ({
      code,
      isWritten: textFor(update, code, code) !== null,
      isNeeded: code === statement.authoritative,
      editHref: isDraft && mayWrite(code) ? at('/text', { in: code }) : null,
      previewHref: at('', { in: code }),
      isShown: code === wanted,
    })),
    authoritative: statement.authoritative,
    preview: text === null ? null : previewOf(ctx, statement, update, wanted),
    wanted,
    email: desk.coordinator.email,
    wasTested: textParam(req, 'tested') === 'yes',
    progress: await progressOf(ctx, update),
    reached: await countReached(ctx.db, statement.id),
    perMinute,
    mayTest: may.translate,
    maySend: may.coordinate,
    isWritten: textFor(update, statement.authoritative, statement.authoritative) !== null,
    action: at(''),
    testAction: at('/test'),
    sendAction: at('/send'),
    seen: markOf(update),
    publicHref: isPublic(update) ? paths.updates(statement.slug) : null,
  }
  const status = fault === null ? 200 : 409
  sendDeskPage(ctx, req, res, desk, 'updates/desk-update', view, {
    status,
    title,
    hasFaults: fault !== null,
  })
}

const isPublic = ({ sentAt, state }: Update) => sentAt !== null && state !== 'cancelled'

/** `?in=es`, else the language of the page. */
function shownLanguage(req: Request, statement: Statement, language: string): string {
  const asked = textParam(req, 'in')
  return languagesFor(statement).includes(asked) ? asked : language
}

function previewOf(ctx: Context, statement: Statement, update: Update, language: string) {
  const text = textFor(update, language, statement.authoritative)
  if (text === null) return null
  const { subject, text: plain } = composeLetter(ctx, language, statement, text, '…')
  const textHtml = renderText(text.body)
  return { subject, plain, textHtml, lang: text.language, dir: inLanguage('', text.language).dir }
}

async function decide(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
): Promise<void> {
  const { paths } = speaking(ctx, res)
  const { statement, coordinator } = desk
  const { id } = await updateOf(ctx, req, desk)
  const { decision } = fieldsOf(req)
  if (decision === 'discard' && (await discardUpdate(ctx, id))) {
    return res.redirect(303, paths.desk.of(statement.slug, 'updates'))
  }
  if (decision === 'pause' || decision === 'resume') {
    const how = { isPaused: decision === 'pause', actor: coordinator.id }
    await pauseSending(ctx, statement, id, how)
  }
  if (decision === 'cancel') await cancelSending(ctx, statement, id, coordinator.id)
  res.redirect(303, paths.desk.of(statement.slug, `updates/${id}`))
}

async function test(ctx: Context, req: Request, res: Response, desk: StatementDesk): Promise<void> {
  const { paths, language } = speaking(ctx, res)
  const { statement, coordinator } = desk
  const update = await updateOf(ctx, req, desk)
  const asked = fieldsOf(req)['in'] ?? ''
  const wanted = languagesFor(statement).includes(asked) ? asked : language
  if (textFor(update, wanted, statement.authoritative) === null) {
    return sendUpdate(ctx, req, res, desk, update, 'desk.updates.fault.not-written')
  }
  await sendTest(ctx, update, coordinator, wanted)
  const query = { in: wanted, tested: 'yes' }
  res.redirect(303, paths.desk.of(statement.slug, `updates/${update.id}`, query))
}

const faultOf = {
  'not-written': 'desk.updates.fault.not-written',
  'not-public': 'desk.updates.fault.not-public',
  'already-sent': 'desk.updates.fault.already-sent',
  changed: 'desk.updates.fault.not-seen',
} as const

async function send(ctx: Context, req: Request, res: Response, desk: StatementDesk): Promise<void> {
  const { paths } = speaking(ctx, res)
  const { statement, coordinator } = desk
  const update = await updateOf(ctx, req, desk)
  const seen = fieldsOf(req)['seen'] ?? ''
  const by = { seen, actor: coordinator.id }
  const begun = await beginSending(ctx, statement, update, by)
  if (begun === 'sending') {
    return res.redirect(303, paths.desk.of(statement.slug, `updates/${update.id}`))
  }
  await sendUpdate(ctx, req, res, desk, await updateOf(ctx, req, desk), faultOf[begun])
}
