// The PDF files of a statement (product.md §4).
import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { filterWords } from '../documents/about.ts'
import { textParam } from '../http/query.ts'
import { speaking } from '../http/respond.ts'
import { headOf, sendMade } from '../http/send-pdf.ts'
import { byCountry } from '../signatories/by-country.ts'
import { filtersFrom, noFilters, typedFilters } from '../signatories/list.ts'
import { findPublic } from '../statements/find-public.ts'
import { type Statement, versionFor } from '../statements/stored-statement.ts'
import { groupings } from './entries.ts'
import { makePdf } from './make-pdf.ts'
import { mostNames, readNames } from './read-names.ts'
import { speechFor } from './words.ts'

/**
 * `?text=uk` takes a version in a language that the interface does not have. A letter is in the language of
 * its text, a list or sheet of numbers in that of the page it is on.
 */
function asked(ctx: Context, req: Request, res: Response, statement: Statement, isLetter: boolean) {
  const { language } = speaking(ctx, res)
  const wanted = textParam(req, 'text')
  const version = versionFor(statement, wanted || language)
  const text = isLetter || wanted !== '' ? version : { ...version, language }
  return { statement, text, fallback: language }
}

const groupingOf = (req: Request) =>
  groupings.find((grouping) => grouping === textParam(req, 'group')) ?? 'alphabet'

/** The letter with all names, or the list alone, filtered as its page is. */
export function namesPdf(ctx: Context, kind: 'letter' | 'list'): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const name = nameOf(statement, kind)
    if (req.method === 'HEAD') return void headOf(res, name).end()
    const wanted = asked(ctx, req, res, statement, kind === 'letter')
    const speech = speechFor(wanted.text, wanted.fallback)
    const typed = kind === 'list' ? typedFilters((field) => textParam(req, field)) : noFilters
    const read = await readNames(ctx.db, statement, filtersFrom(typed), speech)
    const of = { ...statement, mostNames }
    if (read === 'too-many') return sendMade(ctx, req, res, of, name, { is: 'too-long' })
    const filteredBy = filterWords(typed, speech.t, speech.format)
    const grouping = groupingOf(req)
    const names = { ...read, grouping, filteredBy, edition: null }
    const made = await makePdf(ctx, { kind, ...wanted, ...names })
    sendMade(ctx, req, res, of, name, made)
  }
}

export function summaryPdf(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const name = nameOf(statement, 'summary')
    if (req.method === 'HEAD') return void headOf(res, name).end()
    const wanted = asked(ctx, req, res, statement, false)
    const made = await makePdf(ctx, {
      kind: 'summary',
      ...wanted,
      byCountry: await byCountry(ctx.db, statement),
    })
    sendMade(ctx, req, res, { ...statement, mostNames }, name, made)
  }
}

const endings = { letter: 'letter', list: 'signatories', summary: 'summary' }

function nameOf({ slug }: Statement, kind: keyof typeof endings): string {
  return `${slug}-${endings[kind]}.pdf`
}
