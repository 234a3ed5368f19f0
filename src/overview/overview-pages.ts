// Page: one statement at a glance.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { Power } from '../coordinators/roles.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import type { EndorserType } from '../endorsements/endorsement.ts'
import { typesFor } from '../endorsements/endorsement-form.ts'
import { type Speaking, speaking } from '../http/respond.ts'
import { dirOf } from '../languages/languages.ts'
import {
  endOf,
  inLanguage,
  newestMeaning,
  type Statement,
  statusAt,
  versionFor,
} from '../statements/stored-statement.ts'
import { chartSize, lineOf, spanOf, stepsOf } from './growth.ts'
import { type Check, fixes } from './night-before.ts'
import { type Overview, overviewOf } from './overview.ts'
import type { PlaceCount, TextCount } from './overview-store.ts'

/** The pages that a statement has at the desk, and what they ask for. */
export type StatementPages = ReadonlyMap<string, Power>

export function overviewRoutes(ctx: Context, pages: StatementPages): DeskRoute[] {
  return [
    {
      method: 'get',
      path: '/desk/statements/:slug',
      needs: 'read',
      handle: (req, res, desk) => overview(ctx, req, res, desk, pages),
    },
  ]
}

async function overview(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  pages: StatementPages,
): Promise<void> {
  const speech = speaking(ctx, res)
  const { statement } = desk
  const text = versionFor(statement, speech.language)
  const title = inLanguage(text.title, text.language)
  const now = ctx.clock.now()
  const status = statusAt(statement, now)
  const isPublic = status !== 'draft' && status !== 'taken-down'
  const all = await overviewOf(ctx, statement)
  const checks = all.checks.map((check) => shownCheck(check, desk, pages, speech))
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'desk/overview',
    {
      title,
      status,
      closesAt: endOf(statement),
      counts: all.counts,
      publishHref:
        status === 'draft' && desk.may.coordinate
          ? speech.paths.desk.of(statement.slug, 'publish')
          : null,
      packsHref:
        status !== 'draft' && status !== 'open' && desk.may.coordinate
          ? speech.paths.desk.of(statement.slug, 'packs')
          : null,
      publicHref: isPublic ? speech.paths.statement(statement.slug) : null,
      types: typesFor(statement),
      states: shownStates(all, statement),
      urgent: checks.filter(({ isFine, isUrgent }) => isUrgent && !isFine),
      checks,
      growth: growthOf(all, statement, now.toISOString(), speech.language),
      countries: topOf(all.countries, (code) => speech.format.country(code)),
      countriesHref: isPublic ? speech.paths.countries(statement.slug) : null,
      languages: topOf(all.languages, (code) => speech.format.language(code)),
      texts: textsOf(all, statement),
      confidential: all.confidential,
      mails: all.mails,
    },
    { title: title.text },
  )
}

function shownCheck(
  { name, isFine, isUrgent, n }: Check,
  { statement, may }: StatementDesk,
  pages: StatementPages,
  { t, paths }: Speaking,
) {
  const page = fixes[name].find((each) => {
    const needs = pages.get(each)
    return needs !== undefined && may[needs]
  })
  return {
    isFine,
    isUrgent,
    words: isFine ? t(`desk.check.${name}.fine`) : t(`desk.check.${name}`, { n }),
    href: page === undefined ? null : paths.desk.of(statement.slug, page),
  }
}

const stateRows = ['confirmed', 'pending', 'held', 'suspect', 'rejected', 'withdrawn'] as const

function shownStates({ states }: Overview, statement: Statement) {
  const of = (wanted: string, type: EndorserType) =>
    states.find(({ state, type: own }) => state === wanted && own === type)?.n ?? 0
  return stateRows.map((state) => ({
    state,
    numbers: typesFor(statement).map((type) => of(state, type)),
  }))
}

function growthOf({ days }: Overview, statement: Statement, today: string, language: string) {
  if (days.length === 0) return null
  const closes = statement.closesAt?.instant ?? null
  const opens = statement.opensAt?.instant ?? null
  const span = spanOf(days, { opens, closes, today })
  const isMirrored = dirOf(language) === 'rtl'
  return {
    ...span,
    ...chartSize,
    closesAt: statement.closesAt,
    charts: typesFor(statement).map((type) => ({
      type,
      ...lineOf(days, type, span, { closes, today, isMirrored }),
    })),
    steps: stepsOf(days, span),
  }
}

const mostPlaces = 15

/** The most first. */
function topOf(places: PlaceCount[], nameOf: (code: string) => string) {
  const rows = [...Map.groupBy(places, ({ code }) => code)].map(([code, cells]) => ({
    code,
    name: nameOf(code),
    organisation: numberOf(cells, 'organisation'),
    individual: numberOf(cells, 'individual'),
  }))
  const total = (row: (typeof rows)[number]) => row.organisation + row.individual
  const sorted = rows.toSorted((a, b) => total(b) - total(a) || (a.name < b.name ? -1 : 1))
  return { rows: sorted.slice(0, mostPlaces), more: Math.max(0, sorted.length - mostPlaces) }
}

/** Nothing to tell while nobody stands behind another text than the present one. */
function textsOf({ texts }: Overview, statement: Statement) {
  const isPresent = ({ language, number }: TextCount) =>
    statement.versions.some((text) => text.language === language && text.number === number)
  if (texts.every(isPresent) && newestMeaning(statement) === 1) return []
  const groups = Map.groupBy(texts, ({ language, number }) => `${language} ${number}`)
  return [...groups.values()].flatMap((cells) => {
    const [first] = cells
    if (!first) return []
    const { language, number, meaning } = first
    const isEarlier = meaning < newestMeaning(statement)
    const n = {
      organisation: numberOf(cells, 'organisation'),
      individual: numberOf(cells, 'individual'),
    }
    return [{ language, number, isEarlier, ...n }]
  })
}

function numberOf(cells: Pick<PlaceCount, 'type' | 'n'>[], type: EndorserType): number {
  return cells.filter((cell) => cell.type === type).reduce((sum, { n }) => sum + n, 0)
}
