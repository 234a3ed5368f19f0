// The breakdown by country as a page and as JSON.
import type { Request, RequestHandler } from 'express'
import type { Context } from '../context.ts'
import { typesFor } from '../endorsements/endorsement-form.ts'
import { titleIn } from '../endorsements/views.ts'
import { pageNumber, pagingOf } from '../http/query.ts'
import { sendPage, speaking } from '../http/respond.ts'
import type { Formats } from '../languages/formats.ts'
import { dirOf } from '../languages/languages.ts'
import { findPublic } from '../statements/find-public.ts'
import { namesHiddenOf, type Statement, statusAt } from '../statements/stored-statement.ts'
import { fewestTold } from './breakdown.ts'
import { type ByCountry, byCountry, type CountryRow } from './by-country.ts'

// a first view has at most 50 kB (product.md §3)
const perPage = 50

export function countriesPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const { language, format, paths, t } = speaking(ctx, res)
    const all = await byCountry(ctx.db, statement)
    const page = pageNumber(req)
    const title = titleIn(statement, language)
    const { slug } = statement
    const { organisations, individuals } = all.counts
    sendPage(
      ctx,
      req,
      res,
      'signatories/countries',
      {
        slug,
        title,
        types: typesFor(statement),
        counts: all.counts,
        totals: { organisation: organisations, individual: individuals },
        rows: shownRows(all, language, format, page),
        untold: all.untold,
        hasUntold: all.untold.organisation + all.untold.individual > 0,
        hiddenAsOf: all.hiddenAsOf,
        hiddenNote: noteOf(statement, all, ctx.clock.now()),
        fewestTold,
        namesHidden: namesHiddenOf(statement),
        paging: pagingOf(page, perPage, all.rows.length, (at) =>
          paths.countries(slug, { page: at }),
        ),
      },
      { title: t('countries.title', { title: title.text }), isDiscreet: statement.discreet },
    )
  }
}

/** The most endorsements first, and those with as many in the order of the language. */
function shownRows({ rows }: ByCountry, language: string, format: Formats, page: number) {
  const order = new Intl.Collator(language)
  const most = rows[0]?.total ?? 0
  return rows
    .map((row) => ({ ...row, name: format.country(row.country) }))
    .sort((a, b) => b.total - a.total || order.compare(a.name, b.name))
    .slice((page - 1) * perPage, page * perPage)
    .map((row) => ({ ...row, bars: barsOf(row, most, language) }))
}

const toTenths = (n: number) => Math.round(n * 10) / 10

/** Bars in hundredths of the longest, from where the language begins to read. */
function barsOf({ listed, total }: CountryRow, most: number, language: string) {
  const named = ((listed.organisation + listed.individual) / most) * 100
  const hidden = (total / most) * 100 - named
  const at = (from: number, width: number) => ({
    x: toTenths(dirOf(language) === 'rtl' ? 100 - from - width : from),
    width: toTenths(width),
  })
  return { named: at(0, named), hidden: hidden > 0 ? at(named, hidden) : null }
}

/** What there is to say of those who are not named: `countries.hidden.…` */
function noteOf(statement: Statement, { counts, hiddenAsOf }: ByCountry, now: Date) {
  if (counts.withheld === 0) return null
  if (statement.discreet) return 'never'
  if (hiddenAsOf !== null) return 'as-of'
  return statusAt(statement, now) === 'open' ? 'later' : 'none'
}

export function countriesFile(ctx: Context): RequestHandler {
  return async (req: Request, res) => {
    const statement = await findPublic(ctx, req)
    const { format } = speaking(ctx, res)
    const { counts, rows, untold, hiddenAsOf } = await byCountry(ctx.db, statement)
    const { asOf, ...numbers } = counts
    res.set('Cache-Control', 'public, no-cache').json({
      statement: { slug: statement.slug, status: statusAt(statement, ctx.clock.now()) },
      counts: numbers,
      as_of: asOf,
      countries: rows.map((row) => entryOf(row, format)),
      withheld_not_told: { organisations: untold.organisation, individuals: untold.individual },
      withheld_as_of: hiddenAsOf,
    })
  }
}

function entryOf({ country, listed, hidden }: CountryRow, format: Formats) {
  return {
    country,
    country_name: format.country(country),
    organisations: listed.organisation,
    individuals: listed.individual,
    withheld_organisations: hidden.organisation,
    withheld_individuals: hidden.individual,
  }
}
