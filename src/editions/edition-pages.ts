// Page: one edition, with its files and what changed since.
import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { listFormats } from '../documents/formats.ts'
import { titleIn } from '../endorsements/views.ts'
import { pageNumber, pagingOf } from '../http/query.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { countsOf } from '../signatories/counts.ts'
import { type Row, rowOf } from '../signatories/rows.ts'
import { collationOf } from '../text/collation.ts'
import { changesSince } from './changes.ts'
import { citeEdition } from './citation.ts'
import { differenceOf } from './differences.ts'
import { fileNameOf } from './edition.ts'
import { listEntries } from './entry-store.ts'
import { listFiles, listFormer } from './file-store.ts'
import { sendEditionFile } from './file-pages.ts'
import { type Asked, findAsked, sayWhich } from './find-edition-pages.ts'

// a first view has at most 50 kB (product.md §3)
const perPage = 50

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
  const since = await changesSince(ctx.db, edition, await countsOf(ctx.db, statement))
  const limit = { limit: perPage, offset: (page - 1) * perPage }
  const rows = await listEntries(ctx.db, edition.id, collationOf(language), limit)
  const named = counts.total - counts.withheld - since.removed
  const beside = (by: number) => editions.find((each) => each.number === number + by)
  const hrefOf = (by: number) => (beside(by) ? paths.edition(statement.slug, number + by) : null)
  return {
    edition,
    since,
    groups: groupsOf(rows.map((row) => rowOf(row, format))),
    paging: pagingOf(page, perPage, named, (at) =>
      paths.edition(statement.slug, number, { page: at }),
    ),
    previous: hrefOf(-1),
    next: hrefOf(1),
    newest: editions[0]?.number ?? number,
    difference: page === 1 ? await differenceOf(ctx.db, beside(-1), edition) : null,
    citation: citationOf(ctx, res, asked),
    files: await filesOf(ctx, res, asked),
    letterHref: ctx.config.hasPdf ? paths.editionFile(statement.slug, number, 'pdf') : null,
    former: await formerOf(ctx, asked),
  }
}

const groupsOf = (rows: Row[]) => (rows.length === 0 ? [] : [{ heading: null, rows }])

function citationOf(ctx: Context, res: Response, { statement, edition }: Asked) {
  const speech = speaking(ctx, res)
  const { counts, number } = edition
  const url = speech.urls.edition(statement.slug, number)
  const title = titleIn(statement, speech.language)
  return citeEdition({ title, counts, url, number, siteName: ctx.config.siteName }, speech)
}

const placeOf = (format: string) => listFormats.findIndex((each) => each === format)

/** Those of the page's language; SHA256SUMS names all. */
async function filesOf(ctx: Context, res: Response, { statement, edition }: Asked) {
  const { language, paths } = speaking(ctx, res)
  const { slug } = statement
  const { number } = edition
  const files = edition.isComplete ? await listFiles(ctx.db, edition.id) : []
  return files
    .filter((file) => file.language === language)
    .sort((a, b) => placeOf(a.format) - placeOf(b.format))
    .map(({ format, bytes, sha256, signature }) => ({
      label: `statement.download-${format}`,
      name: fileNameOf(slug, number, language, format),
      href: paths.editionFile(slug, number, format),
      signatureHref: signature && paths.editionFile(slug, number, `${format}.sig`),
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
