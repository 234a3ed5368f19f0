// Pages: home, archive, statement (product.md §4).
import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { pageNumber, pagingOf, textParam } from '../http/query.ts'
import { pathsIn, sendPage, speaking } from '../http/respond.ts'
import { throughLink } from '../http/through-link.ts'
import { countsOf } from '../signatories/counts.ts'
import { firstNamed } from '../signatories/list.ts'
import { textCountsOf } from '../signatories/text-counts.ts'
import { timelineOf } from '../deliveries/timeline.ts'
import { latestUpdates } from '../updates/find-updates.ts'
import { foldForSearch } from '../text/fold.ts'
import { cardsOf } from './cards.ts'
import { findPublic } from './find-public.ts'
import { listChoices, listStatements, type StatementFilters } from './statement-store.ts'
import { statementView } from './statement-view.ts'
import { maySign, type Statement, statusAt, versionFor } from './stored-statement.ts'
import { hasTextChanges } from './text-changes.ts'
import { isLanguage } from '../languages/languages.ts'

// a first view has at most 50 kB (product.md §3); the archive has them all
const openShown = 12
const recentlyDelivered = 3
const perPage = 15
const firstShown = 12
const publicStatuses = ['open', 'closed', 'delivered', 'archived'] as const

export function home(ctx: Context): RequestHandler {
  return async (req, res) => {
    const { language, t } = speaking(ctx, res)
    const now = ctx.clock.now()
    const open = await listStatements(ctx.db, { status: 'open' }, now, {
      limit: openShown,
      offset: 0,
    })
    const delivered = await listStatements(ctx.db, { status: 'delivered' }, now, {
      limit: recentlyDelivered,
      offset: 0,
    })
    const isNew = open.total + delivered.total === 0
    sendPage(
      ctx,
      req,
      res,
      'statements/home',
      {
        open: await cardsOf(ctx, open.statements, language),
        delivered: await cardsOf(ctx, delivered.statements, language),
        hint: isNew ? t('home.operator-hint', { command: importCommand }) : null,
      },
      { title: ctx.config.siteName, description: t('home.description') },
    )
  }
}

const importCommand = 'npm run undersigned -- statement import FOLDER'

export function archive(ctx: Context): RequestHandler {
  return async (req, res) => {
    const { language, t, paths } = speaking(ctx, res)
    const filters = {
      status: textParam(req, 'status'),
      topic: textParam(req, 'topic'),
      year: textParam(req, 'year'),
      q: textParam(req, 'q'),
    }
    const now = ctx.clock.now()
    const page = pageNumber(req)
    const offset = (page - 1) * perPage
    const found = await listStatements(ctx.db, wanted(filters), now, { limit: perPage, offset })
    const choices = await listChoices(ctx.db, now)
    sendPage(
      ctx,
      req,
      res,
      'statements/archive',
      {
        cards: await cardsOf(ctx, found.statements, language),
        filters,
        choices: { statuses: [...publicStatuses], ...choices },
        paging: pagingOf(page, perPage, found.total, (at) =>
          paths.statements({ ...filters, page: at }),
        ),
      },
      { title: t('archive.heading') },
    )
  }
}

function wanted(typed: { status: string; topic: string; year: string; q: string }) {
  const filters: StatementFilters = {}
  const status = publicStatuses.find((each) => each === typed.status)
  if (status) filters.status = status
  if (typed.topic !== '') filters.topic = typed.topic
  if (/^\d{4}$/.test(typed.year)) filters.year = typed.year
  if (foldForSearch(typed.q) !== '') filters.q = foldForSearch(typed.q)
  return filters
}

export function statementPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const { language, format, paths, t } = speaking(ctx, res)
    const statement = await findPublic(ctx, req)
    const text = versionFor(statement, textLanguage(req, statement) ?? language)
    // before the names: what changes in between is then fetched again by the open page (live.js)
    const counts = await countsOf(ctx.db, statement)
    const first = await firstNamed(ctx.db, statement.id, firstShown)
    const now = ctx.clock.now()
    const { slug } = statement
    const isSitePaused = res.locals['isSigningPaused'] === true
    const isOpen = maySign(statement, now) && !isSitePaused && throughLink(res) === null
    const status = statusAt(statement, now)
    const isPaused = status === 'open' && statement.pausedAt !== null && !isSitePaused
    sendPage(
      ctx,
      req,
      res,
      'statements/statement',
      statementView(
        {
          statement,
          text,
          status,
          maySign: isOpen,
          isFallback: textLanguage(req, statement) === null && text.language !== language,
          counts,
          first,
          now,
          versionHref: (version) => versionHref(ctx, res, statement, version),
          changesHref: (await hasTextChanges(ctx.db, statement.id)) ? paths.changes(slug) : null,
          textCounts: await textCountsOf(ctx.db, statement, counts),
          updates: await latestUpdates(ctx, statement, language, format),
          timeline: await timelineOf(ctx, statement, format, paths),
          letterHref: ctx.config.hasPdf
            ? paths.letter(slug, { text: textLanguage(req, statement) })
            : null,
        },
        { paths, format },
      ),
      {
        title: text.title,
        description: text.summary || t(`kind.${statement.kind}`),
        // also when signing is over: names are withdrawn then, too
        livePath: paths.live(slug),
        isDiscreet: statement.discreet,
        notices: isPaused ? [t('closed.paused')] : [],
      },
    )
  }
}

/** `?text=uk` reads a version in a language that the interface does not have. */
function textLanguage(req: Request, statement: Statement): string | null {
  const asked = textParam(req, 'text')
  return statement.versions.some((version) => version.language === asked) ? asked : null
}

function versionHref(ctx: Context, res: Response, { slug }: Statement, language: string): string {
  return isLanguage(language)
    ? pathsIn(ctx, res, language).statement(slug)
    : speaking(ctx, res).paths.statement(slug, { text: language })
}
