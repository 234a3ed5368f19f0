// Pages: home, archive, statement (product.md §4).
import type { Request, RequestHandler } from 'express'
import type { Context } from '../context.ts'
import { pageNumber, pagingOf, textParam } from '../http/query.ts'
import { prefixFor, sendPage, speaking } from '../http/respond.ts'
import { type Paths, pathsUnder } from '../paths.ts'
import { countJson, countsOf, versionOf } from '../signatories/counts.ts'
import { rowOf } from '../signatories/rows.ts'
import { firstNamed } from '../signatories/list.ts'
import { foldForSearch } from '../text/fold.ts'
import { cardsOf } from './cards.ts'
import { findPublic } from './find-public.ts'
import { typesFor } from '../endorsements/endorsement-form.ts'
import { listChoices, listStatements, type StatementFilters } from './statement-store.ts'
import { renderText } from './statement-text.ts'
import {
  inLanguage,
  maySign,
  namesHiddenOf,
  type Statement,
  statusAt,
  type TextVersion,
  versionFor,
} from './stored-statement.ts'
import { isLanguage, ownNameOf } from '../languages/languages.ts'

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
    const { slug, signers } = statement
    const isSitePaused = res.locals['isSigningPaused'] === true
    const isOpen = maySign(statement, now) && !isSitePaused
    const status = statusAt(statement, now)
    const isPaused = status === 'open' && statement.pausedAt !== null && !isSitePaused
    sendPage(
      ctx,
      req,
      res,
      'statements/statement',
      {
        slug,
        kind: statement.kind,
        status,
        title: inLanguage(text.title, text.language),
        summary: inLanguage(text.summary, text.language),
        textHtml: renderText(text.body),
        textLang: text.language,
        textDir: inLanguage('', text.language).dir,
        isFallback: textLanguage(req, statement) === null && text.language !== language,
        authoritativeLanguage: statement.authoritative,
        versions: versionsOf(ctx, statement, text, paths),
        textVersion: {
          number: text.number,
          hash: text.hash,
          isAuthoritative: text.language === statement.authoritative,
        },
        convenors: statement.convenors,
        addressees: statement.addressees,
        topics: statement.topics.map((topic) => ({ topic, href: paths.statements({ topic }) })),
        dated: statement.dated,
        opensAt: statement.opensAt,
        closesAt: statement.closesAt,
        signers,
        types: typesFor(statement),
        counts,
        liveVersion: versionOf(countJson(statement, counts, now)),
        namesHidden: namesHiddenOf(statement),
        first: first.map((row) => rowOf(row, format)),
        originallyPublished: statement.originallyPublished,
        maySign: isOpen,
        isDiscreet: statement.discreet,
        shareUrl: `${ctx.config.baseUrl}${paths.statement(slug)}`,
      },
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

function versionsOf(ctx: Context, statement: Statement, shown: TextVersion, paths: Paths) {
  return statement.versions.map(({ language }) => ({
    language,
    name: ownNameOf(language),
    href: versionHref(ctx, statement, language, paths),
    current: language === shown.language,
    authoritative: language === statement.authoritative,
  }))
}

function versionHref(ctx: Context, { slug }: Statement, language: string, paths: Paths): string {
  return isLanguage(language)
    ? pathsUnder('', prefixFor(ctx, language)).statement(slug)
    : paths.statement(slug, { text: language })
}
