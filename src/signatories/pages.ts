// Pages and files of the list, the counts and their live events (product.md §4).
import { pipeline } from 'node:stream/promises'
import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { titleIn } from '../endorsements/views.ts'
import { correctionsOf } from '../invalidations/corrections.ts'
import { pageNumber, pagingOf, textParam } from '../http/query.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { findPublic } from '../statements/find-public.ts'
import { maySign, namesHiddenOf, type Statement, statusAt } from '../statements/stored-statement.ts'
import { type CountJson, countJson, countsOf, versionOf } from './counts.ts'
import { csvFile, jsonFile, type ListFile } from './files.ts'
import { countriesNamed, filtersFrom, listPage, type TypedFilters } from './list.ts'
import { rowOf } from './rows.ts'

// a first view has at most 50 kB (product.md §3)
const perPage = 50

export function signatoriesPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const { language, format, paths, t } = speaking(ctx, res)
    const filters = typedFilters(req)
    const page = pageNumber(req)
    const offset = (page - 1) * perPage
    const limit = { limit: perPage, offset }
    const wanted = filtersFrom(filters)
    // before the names: what changes in between is then fetched again by the open page (live.js)
    const counts = await countsOf(ctx.db, statement)
    const { rows, total } = await listPage(ctx.db, statement.id, language, wanted, limit)
    const title = titleIn(statement, language)
    const { slug } = statement
    keepOutOfSearch(res)
    sendPage(
      ctx,
      req,
      res,
      'signatories/list',
      {
        slug,
        title,
        counts,
        liveVersion: versionOf(countJson(statement, counts, ctx.clock.now())),
        rows: rows.map((row) => rowOf(row, format)),
        filters,
        countries: await countryChoices(ctx, res, statement),
        paging: pagingOf(page, perPage, total, (at) =>
          paths.signatories(slug, { ...filters, page: at }),
        ),
        csvHref: paths.signatoriesFile(slug, 'csv', { ...filters }),
        jsonHref: paths.signatoriesFile(slug, 'json', { ...filters }),
        status: statusAt(statement, ctx.clock.now()),
        namesHidden: namesHiddenOf(statement),
        corrections: await correctionsOf(ctx.db, statement.id),
        isDiscreet: statement.discreet,
        isOpen: maySign(statement, ctx.clock.now()),
      },
      {
        title: t('list.title', { title: title.text }),
        livePath: paths.live(slug),
        isDiscreet: statement.discreet,
      },
    )
  }
}

/** Who looks for a person in a search engine does not find them by the list. */
function keepOutOfSearch(res: Response): void {
  res.set('X-Robots-Tag', 'noindex')
}

function typedFilters(req: Request): TypedFilters {
  return {
    q: textParam(req, 'q'),
    type: textParam(req, 'type'),
    country: textParam(req, 'country'),
  }
}

async function countryChoices(ctx: Context, res: Response, statement: Statement) {
  const { format, language } = speaking(ctx, res)
  const order = new Intl.Collator(language)
  return (await countriesNamed(ctx.db, statement.id))
    .map((code) => ({ code, name: format.country(code) }))
    .sort((a, b) => order.compare(a.name, b.name))
}

const contentTypes = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' }

export function signatoriesFile(ctx: Context, format: 'csv' | 'json'): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const { language, format: formats } = speaking(ctx, res)
    const file: ListFile = {
      statement,
      language,
      countryName: (code) => formats.country(code),
      filters: filtersFrom(typedFilters(req)),
      now: ctx.clock.now(),
    }
    keepOutOfSearch(res)
    res.set('Content-Type', contentTypes[format]).set('Cache-Control', 'public, no-cache')
    if (format === 'csv') res.attachment(`${statement.slug}-signatories.csv`).type('csv')
    if (req.method === 'HEAD') return void res.end()
    const lines = format === 'csv' ? csvFile(ctx.db, file) : jsonFile(ctx.db, file)
    // not through Readable.from, which would read 16 pieces ahead for every slow reader
    await pipeline(lines, res).catch((fault: unknown) => {
      // the reader left: nothing to answer any more
      if ((fault as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw fault
    })
  }
}

export function countFile(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const counts = await countsOf(ctx.db, statement)
    res.set('Cache-Control', 'public, no-cache').json(countJson(statement, counts, ctx.clock.now()))
  }
}

const heartbeatMs = 20_000

/** Server-Sent Events; the id of an event says what was told, so a reconnect gets only what is new. */
export function live(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const current = countJson(statement, await countsOf(ctx.db, statement), ctx.clock.now())
    res.set({
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    })
    if (req.method === 'HEAD') return void res.end()
    // gone while the database was read: its "close" is over and would never come
    if (res.closed) return
    res.write('retry: 3000\n\n')
    const tell = (counts: CountJson) => {
      res.write(`id: ${versionOf(counts)}\nevent: count\ndata: ${JSON.stringify(counts)}\n\n`)
    }
    const version = versionOf(current)
    if (req.get('Last-Event-ID') !== version) tell(current)
    const stopWatching = ctx.liveCounts.watch(statement, version, { tell, end: () => res.end() })
    const heartbeat = setInterval(() => res.write(': still here\n\n'), heartbeatMs)
    res.on('close', () => {
      clearInterval(heartbeat)
      stopWatching()
    })
  }
}
