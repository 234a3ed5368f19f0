// Pages and files of the list, the counts and their live events (product.md §4).
import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { citeList } from '../editions/citation.ts'
import { titleIn } from '../endorsements/views.ts'
import { correctionsOf } from '../invalidations/corrections.ts'
import { clientAddress } from '../http/client-address.ts'
import { pageNumber, pagingOf, textParam } from '../http/query.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { throughLink } from '../http/through-link.ts'
import { listFormats } from '../documents/formats.ts'
import type { Paths, Query } from '../paths.ts'
import { findPublic } from '../statements/find-public.ts'
import { maySign, namesHiddenOf, type Statement, statusAt } from '../statements/stored-statement.ts'
import { countJson, type Counts, countsOf, versionOf } from './counts.ts'
import { filterViews } from './filter-views.ts'
import { filtersFrom, typedFilters } from './list.ts'
import { readListPage } from './list-page.ts'
import type { Head } from './live-counts.ts'
import { retrySeconds } from './live-door.ts'
import { eventOf, retryEvent } from './live-events.ts'
import { rowOf } from './rows.ts'

// a first view has at most 50 kB (product.md §3)
const perPage = 50

export function signatoriesPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const { paths, t } = speaking(ctx, res)
    const title = titleIn(statement, speaking(ctx, res).language)
    const shown = await shownList(ctx, req, res, statement)
    // who looks for a person in a search engine does not find them by the list
    res.set('X-Robots-Tag', 'noindex')
    sendPage(
      ctx,
      req,
      res,
      'signatories/list',
      {
        slug: statement.slug,
        title,
        ...shown,
        citation: citationOf(ctx, res, statement, shown.counts),
        status: statusAt(statement, ctx.clock.now()),
        namesHidden: namesHiddenOf(statement),
        corrections: await correctionsOf(ctx.db, statement.id),
        isDiscreet: statement.discreet,
        canReport: throughLink(res) === null,
        isOpen: maySign(statement, ctx.clock.now()) && throughLink(res) === null,
      },
      {
        title: t('list.title', { title: title.text }),
        livePath: paths.live(statement.slug),
        isDiscreet: statement.discreet,
      },
    )
  }
}

function citationOf(ctx: Context, res: Response, statement: Statement, counts: Counts) {
  const speech = speaking(ctx, res)
  const title = titleIn(statement, speech.language)
  const url = speech.urls.signatories(statement.slug)
  return citeList({ title, counts, url, siteName: ctx.config.siteName }, speech)
}

async function shownList(ctx: Context, req: Request, res: Response, statement: Statement) {
  const { language, format, paths, t } = speaking(ctx, res)
  const typed = typedFilters((name) => textParam(req, name))
  const filters = filtersFrom(typed)
  const isGrouped = textParam(req, 'group') === 'country'
  const order = new Intl.Collator(language).compare
  const page = pageNumber(req)
  const { counts, total, isCut, groups, ...cells } = await readListPage(ctx.db, statement, {
    language,
    filters,
    limit: perPage,
    offset: (page - 1) * perPage,
    countryOrder: isGrouped ? (a, b) => order(format.country(a), format.country(b)) : null,
  })
  const query = { ...typed, group: isGrouped ? 'country' : null }
  const { slug } = statement
  return {
    counts,
    liveVersion: versionOf(countJson(statement, counts, ctx.clock.now())),
    groups: groups.map(({ country, rows }) => ({
      // of a country there may be more than are shown
      heading: country && { name: format.country(country.value), n: isCut ? null : country.n },
      rows: rows.map((row) => rowOf(row, format)),
    })),
    q: typed.q,
    isCut,
    isGrouped,
    isFiltered: page > 1 || Object.values(typed).some((value) => value !== ''),
    filters: filterViews(cells, filters, { order, format, t }),
    paging: pagingOf(page, perPage, total, (at) => paths.signatories(slug, { ...query, page: at })),
    files: filesOf(paths, slug, query, ctx.config.hasPdf),
  }
}

function filesOf(paths: Paths, slug: string, query: Query, hasPdf: boolean) {
  const pdf = [
    { label: 'statement.list-pdf', href: paths.signatoriesFile(slug, 'pdf', query) },
    { label: 'statement.letter-pdf', href: paths.letter(slug) },
    { label: 'statement.summary-pdf', href: paths.summary(slug) },
  ]
  const others = listFormats.map((kind) => ({
    label: `statement.download-${kind}`,
    href: paths.signatoriesFile(slug, kind, { ...query, group: null }),
  }))
  return hasPdf ? [...pdf, ...others] : others
}

export function countFile(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const counts = await countsOf(ctx.db, statement)
    res.set('Cache-Control', 'public, no-cache').json(countJson(statement, counts, ctx.clock.now()))
  }
}

/** Server-Sent Events; the id of an event says what was told, so a reconnect gets only what is new. */
export function live(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const counts = await countsOf(ctx.db, statement)
    // gone while the database was read: its "close" is over and would never come
    if (res.closed) return
    const isHead = req.method === 'HEAD'
    const release = isHead ? null : takePlace(ctx, req, res)
    res.set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    })
    if (release === null) return void res.end()
    res.once('close', release)
    res.write(retryEvent())
    const { version, bytes } = eventOf(countJson(statement, counts, ctx.clock.now()))
    if (req.get('Last-Event-ID') !== version) res.write(bytes)
    ctx.liveCounts.watch(statement, { to: res, known: version, isNew: false }, headOf(req, res))
  }
}

function takePlace(ctx: Context, req: Request, res: Response): () => void {
  const release = ctx.places.take(clientAddress(req, ctx.config.trustProxy))
  if (release !== null) return release
  res.set('Retry-After', String(retrySeconds))
  throw Object.assign(new Error('no place'), { status: 503, expose: true })
}

const plainAddress = /^(?:\/[a-z]{2})?\/statements\/[a-z\d-]+\/live$/

/** For all who ask for the same, see live-door.ts. */
function headOf({ originalUrl }: Request, res: Response): Head | undefined {
  if (!plainAddress.test(originalUrl)) return undefined
  const headers = Object.entries(res.getHeaders()).map(
    ([name, value]) => `${name}: ${String(value)}\r\n`,
  )
  return { url: originalUrl, headers: headers.join('') }
}
