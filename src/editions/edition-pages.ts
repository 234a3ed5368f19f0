// Pages: all editions of a statement with what was corrected, and one edition.
import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { titleIn } from '../endorsements/views.ts'
import { pageNumber, pagingOf } from '../http/query.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { correctionsOf } from '../invalidations/corrections.ts'
import { type Row, rowOf } from '../signatories/rows.ts'
import { findPublic } from '../statements/find-public.ts'
import { collationOf } from '../text/collation.ts'
import { citeEdition } from './citation.ts'
import { differenceOf } from './differences.ts'
import { fileNameOf } from './edition.ts'
import { listRedactions } from './correction-store.ts'
import { listEditions } from './edition-store.ts'
import { countRedacted, listEntries } from './entry-store.ts'
import { listFiles, listFormer } from './file-store.ts'
import { sayWhich, sendEditionFile } from './file-pages.ts'
import { type Asked, findAsked } from './find-edition-pages.ts'

// a first view has at most 50 kB (product.md §3)
const perPage = 50

export function editionsPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const { language, paths, t } = speaking(ctx, res)
    const editions = await listEditions(ctx.db, statement.id)
    const removed = await countRedacted(
      ctx.db,
      editions.map(({ id }) => id),
    )
    const title = titleIn(statement, language)
    const view = {
      title,
      slug: statement.slug,
      editions: editions.map(({ id, number, reason, madeAt, counts }) => ({
        href: paths.edition(statement.slug, number),
        number,
        reason,
        madeAt,
        counts,
        removed: removed.get(id) ?? 0,
      })),
      redactions: await listRedactions(ctx.db, statement.id),
      corrections: await correctionsOf(ctx.db, statement.id),
    }
    res.set('X-Robots-Tag', 'noindex')
    const wanted = {
      title: t('editions.title', { title: title.text }),
      isDiscreet: statement.discreet,
    }
    sendPage(ctx, req, res, 'editions/all', view, wanted)
  }
}

/** The page of an edition, or, with an ending, one of its files. */
export function editionPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const asked = await findAsked(ctx, req)
    if (asked.rest !== '') return sendEditionFile(ctx, req, res, asked)
    const { language, t } = speaking(ctx, res)
    const { statement, edition } = asked
    const title = titleIn(statement, language)
    const view = { ...(await viewOf(ctx, res, asked, req)), title, slug: statement.slug }
    sayWhich(ctx, res, asked)
    sendPage(ctx, req, res, 'editions/one', view, {
      title: t('edition.title', { number: edition.number, title: title.text }),
      isDiscreet: statement.discreet,
    })
  }
}

async function viewOf(ctx: Context, res: Response, asked: Asked, req: Request) {
  const { language, paths, format } = speaking(ctx, res)
  const { statement, edition, editions } = asked
  const { number, counts } = edition
  const page = pageNumber(req)
  const removed = (await countRedacted(ctx.db, [edition.id])).get(edition.id) ?? 0
  const limit = { limit: perPage, offset: (page - 1) * perPage }
  const rows = await listEntries(ctx.db, edition.id, collationOf(language), limit)
  const named = counts.total - counts.withheld - removed
  const beside = (by: number) => editions.find((each) => each.number === number + by)
  const hrefOf = (by: number) => (beside(by) ? paths.edition(statement.slug, number + by) : null)
  const before = beside(-1)
  return {
    edition,
    removed,
    groups: groupsOf(rows.map((row) => rowOf(row, format))),
    paging: pagingOf(page, perPage, named, (at) =>
      paths.edition(statement.slug, number, { page: at }),
    ),
    previous: hrefOf(-1),
    next: hrefOf(1),
    newest: editions[0]?.number ?? number,
    difference: before && page === 1 ? await differenceOf(ctx.db, before, edition) : null,
    citation: citationOf(ctx, res, asked),
    files: await filesOf(ctx, res, asked),
    former: await formerOf(ctx, asked),
  }
}

const groupsOf = (rows: Row[]) => (rows.length === 0 ? [] : [{ heading: null, rows }])

function citationOf(ctx: Context, res: Response, { statement, edition }: Asked) {
  const speech = speaking(ctx, res)
  const { counts, number } = edition
  const url = ctx.config.baseUrl + speech.paths.edition(statement.slug, number)
  const title = titleIn(statement, speech.language)
  return citeEdition({ title, counts, url, number, siteName: ctx.config.siteName }, speech)
}

/** Those of the page's language; SHA256SUMS names all. */
async function filesOf(ctx: Context, res: Response, { statement, edition }: Asked) {
  const { language, paths } = speaking(ctx, res)
  const { number } = edition
  const files = edition.isComplete ? await listFiles(ctx.db, edition.id) : []
  return files
    .filter((file) => file.language === language)
    .map(({ format, bytes, sha256, signature }) => ({
      name: fileNameOf(statement.slug, number, language, format),
      href: paths.editionFile(statement.slug, number, format),
      signatureHref:
        signature === null ? null : paths.editionFile(statement.slug, number, `${format}.sig`),
      bytes,
      sha256,
    }))
}

async function formerOf(ctx: Context, { statement, edition }: Asked) {
  const former = await listFormer(ctx.db, edition.id)
  return former.map(({ sha256, language, format, replaced_at }) => ({
    sha256,
    name: fileNameOf(statement.slug, edition.number, language, format),
    replacedAt: replaced_at,
  }))
}
