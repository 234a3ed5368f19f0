// Page: the updates of a statement, for everyone (product.md §4).
import type { RequestHandler } from 'express'
import type { Context } from '../context.ts'
import { pageNumber, pagingOf } from '../http/query.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { findPublic } from '../statements/find-public.ts'
import { inLanguage, versionFor } from '../statements/stored-statement.ts'
import { listPublicUpdates, shownUpdate } from './find-updates.ts'

// so that a page of the longest ones in the widest script stays below 50 kB (product.md §3)
const perPage = 2

export function updatesPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const { language, format, paths, t } = speaking(ctx, res)
    const statement = await findPublic(ctx, req)
    const text = versionFor(statement, language)
    const page = pageNumber(req)
    const offset = (page - 1) * perPage
    const { updates, total } = await listPublicUpdates(ctx.db, statement.id, {
      limit: perPage,
      offset,
    })
    const { slug } = statement
    sendPage(
      ctx,
      req,
      res,
      'updates/updates',
      {
        title: inLanguage(text.title, text.language),
        statementHref: paths.statement(slug),
        updates: updates.map((update) => shownUpdate(update, statement, language, format)),
        paging: pagingOf(page, perPage, total, (at) => paths.updates(slug, { page: at })),
      },
      {
        title: t('updates.title', { title: text.title }),
        isDiscreet: statement.discreet,
      },
    )
  }
}
