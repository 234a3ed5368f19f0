// Page: all editions of a statement, and what was corrected in them.
import type { RequestHandler } from 'express'
import type { Context } from '../context.ts'
import { titleIn } from '../endorsements/views.ts'
import { pageNumber, pagingOf } from '../http/query.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { correctionsOf } from '../invalidations/corrections.ts'
import { findPublic } from '../statements/find-public.ts'
import { countCorrections, listCorrections } from './correction-store.ts'
import { listBriefly } from './list-briefly.ts'

// a first view has at most 50 kB (product.md §3)
const perPage = 50

export function editionsPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const { slug, id, discreet: isDiscreet } = statement
    const { language, paths, t } = speaking(ctx, res)
    const title = titleIn(statement, language)
    const page = pageNumber(req)
    const corrected = await countCorrections(ctx.db, id)
    const view = {
      title,
      slug,
      editions: await listBriefly(ctx.db, statement, paths),
      changes: await listCorrections(ctx.db, id, { limit: perPage, offset: (page - 1) * perPage }),
      paging: pagingOf(page, perPage, corrected, (at) => paths.editions(slug, { page: at })),
      corrections: await correctionsOf(ctx.db, id),
    }
    res.set('X-Robots-Tag', 'noindex')
    const wanted = { title: t('editions.title', { title: title.text }), isDiscreet }
    sendPage(ctx, req, res, 'editions/all', view, wanted)
  }
}
