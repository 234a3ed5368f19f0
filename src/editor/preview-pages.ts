// Pages: a statement as visitors will see it, for its team and, by a private link, for others.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { Gone, NotFound } from '../http/errors.ts'
import { fieldsOf } from '../http/fields.ts'
import { textParam } from '../http/query.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { ownNameOf } from '../languages/languages.ts'
import { countsOf } from '../signatories/counts.ts'
import { firstNamed } from '../signatories/list.ts'
import { statementView } from '../statements/statement-view.ts'
import { textHash } from '../statements/statement-text.ts'
import {
  embargoAt,
  type Statement,
  statusAt,
  type TextVersion,
} from '../statements/stored-statement.ts'
import {
  endPreview,
  previewDays,
  previewLinksOf,
  readPreviewLink,
  sharePreview,
} from './preview-links.ts'
import { readWorkingTexts } from './save-text.ts'

export function previewRoutes(ctx: Context): DeskRoute[] {
  const path = '/desk/statements/:slug/preview'
  return [
    { method: 'get', path, needs: 'read', handle: (req, res, desk) => links(ctx, req, res, desk) },
    {
      method: 'post',
      path,
      needs: 'coordinate',
      handle: (req, res, desk) => changeLinks(ctx, req, res, desk),
    },
    {
      method: 'get',
      path: `${path}/:language`,
      needs: 'read',
      handle: (req, res, desk) => preview(ctx, req, res, desk),
    },
    {
      method: 'get',
      path: '/desk/preview/:token',
      needs: 'visitor',
      handle: (req, res) => shared(ctx, req, res),
    },
  ]
}

async function links(ctx: Context, req: Request, res: Response, desk: StatementDesk) {
  const { t, paths } = speaking(ctx, res)
  const { statement, may } = desk
  const { slug } = statement
  const texts = await readWorkingTexts(ctx, statement)
  const working = may.coordinate ? await previewLinksOf(ctx, statement) : []
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'editor/preview',
    {
      action: paths.desk.of(slug, 'preview'),
      mayShare: may.coordinate,
      days: previewDays,
      languages: texts.map(({ language, state }) => ({
        language,
        name: ownNameOf(language),
        state,
        href: paths.desk.of(slug, `preview/${language}`),
      })),
      links: working.map(({ id, token, expires_at }) => ({
        id,
        address: ctx.config.baseUrl + paths.desk.preview(token),
        expiresAt: expires_at,
      })),
      isDraft: statusAt(statement, ctx.clock.now()) === 'draft',
    },
    { title: t('desk.page.preview') },
  )
}

async function changeLinks(ctx: Context, req: Request, res: Response, desk: StatementDesk) {
  const { paths } = speaking(ctx, res)
  const { statement, coordinator } = desk
  const { end } = fieldsOf(req)
  if (end === undefined) await sharePreview(ctx, statement, coordinator.id)
  else await endPreview(ctx, statement, end, coordinator.id)
  res.redirect(303, paths.desk.of(statement.slug, 'preview'))
}

/** The statement with every language version as it is being written. */
async function asWritten(ctx: Context, statement: Statement): Promise<Statement> {
  const texts = await readWorkingTexts(ctx, statement)
  const versions = texts.map(({ language, title, summary, body }): TextVersion => {
    const known = statement.versions.find((each) => each.language === language)
    const text = { language, title, summary, body }
    const { number = 1, meaning = 1 } = known ?? {}
    return { ...text, id: '', number, hash: textHash(text), meaning }
  })
  return { ...statement, versions }
}

async function viewOf(
  ctx: Context,
  res: Response,
  statement: Statement,
  text: TextVersion,
  versionHref: (language: string) => string,
) {
  const { paths, format } = speaking(ctx, res)
  const now = ctx.clock.now()
  const status = statusAt(statement, now)
  const counts = await countsOf(ctx.db, statement)
  const first = await firstNamed(ctx.db, statement.id, 12)
  return statementView(
    {
      statement,
      text,
      // as it will be
      status: status === 'draft' ? 'open' : status,
      maySign: status === 'draft' || status === 'open',
      isFallback: false,
      counts,
      first,
      now,
      versionHref,
      changesHref: null,
      textCounts: null,
      updates: [],
      timeline: [],
      letterHref: null,
    },
    { paths, format },
  )
}

async function preview(ctx: Context, req: Request, res: Response, desk: StatementDesk) {
  const { t, paths } = speaking(ctx, res)
  const statement = await asWritten(ctx, desk.statement)
  const text = statement.versions.find(({ language }) => language === req.params['language'])
  if (!text) throw new NotFound()
  const hrefOf = (language: string) => paths.desk.of(statement.slug, `preview/${language}`)
  const view = await viewOf(ctx, res, statement, text, hrefOf)
  const notices = [t('editor.preview.notice')]
  sendDeskPage(ctx, req, res, desk, 'statements/statement', view, { title: text.title, notices })
}

async function shared(ctx: Context, req: Request, res: Response): Promise<void> {
  const { t, paths, language } = speaking(ctx, res)
  const token = String(req.params['token'] ?? '')
  const found = /^[\w-]{32}$/.test(token) ? await readPreviewLink(ctx, token) : null
  if (!found) throw new NotFound()
  if (found.state === 'taken-down') throw new Gone(found.takenDownReason ?? '')
  const statement = await asWritten(ctx, found)
  const wanted = [textParam(req, 'text'), language, statement.authoritative]
  const text = wanted
    .map((each) => statement.versions.find((version) => version.language === each))
    .find((version) => version !== undefined)
  if (!text) throw new NotFound()
  const hrefOf = (version: string) => paths.desk.preview(token, { text: version })
  const view = await viewOf(ctx, res, statement, text, hrefOf)
  res.set('Referrer-Policy', 'no-referrer')
  sendPage(ctx, req, res, 'statements/statement', view, {
    title: text.title,
    isPrivate: true,
    isDiscreet: statement.discreet,
    embargo: embargoAt(statement, ctx.clock.now()),
    notices: [t('editor.preview.notice')],
  })
}
