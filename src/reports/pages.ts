// Pages: which entry is wrong, the form that reports it, and what became of a report.
import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { titleIn } from '../endorsements/views.ts'
import { NotFound } from '../http/errors.ts'
import { fieldsOf } from '../http/fields.ts'
import { textParam } from '../http/query.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { findListed } from '../signatories/find-listed.ts'
import { rowOf } from '../signatories/rows.ts'
import { findPublic } from '../statements/find-public.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { findReport } from './find-report.ts'
import { reportReasons, settledDays } from './report.ts'
import { reportEntry } from './report-entry.ts'
import {
  honeypot,
  longestWords,
  readNumber,
  readReport,
  readReportValues,
  type ReportFault,
  type ReportValues,
} from './report-form.ts'

/** Leads on to the entry whose number was typed. */
export function whichEntryPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const { t, language, paths } = speaking(ctx, res)
    const typed = textParam(req, 'number')
    const number = readNumber(typed)
    if (typed !== '' && (await findListed(ctx.db, statement.id, number))) {
      res.set('Cache-Control', 'no-store')
      return res.redirect(303, paths.reportEntry(statement.slug, number))
    }
    const faults = typed === '' ? [] : [{ field: 'number', message: t('report.fault.number') }]
    const view = {
      title: titleIn(statement, language),
      slug: statement.slug,
      values: { number: typed },
      faults,
    }
    res.set('X-Robots-Tag', 'noindex')
    sendPage(ctx, req, res, 'reports/which', view, {
      status: faults.length > 0 ? 422 : 200,
      title: t('report.heading'),
      hasFaults: faults.length > 0,
      isForm: true,
      isDiscreet: statement.discreet,
    })
  }
}

export function reportPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    await sendForm(ctx, req, res, statement, { reason: '', words: '' }, [])
  }
}

export function reportForm(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const typed = fieldsOf(req)
    const read = readReport(typed)
    if (!read.ok) {
      return sendForm(ctx, req, res, statement, readReportValues(typed), read.faults)
    }
    const token = await reportEntry(ctx, statement, numberIn(req), read.value)
    if (token === null) throw new NotFound()
    const { paths } = speaking(ctx, res)
    res.set('Cache-Control', 'no-store').redirect(303, paths.report(token))
  }
}

/** 0, which no entry has, for what is written in any other way. */
function numberIn(req: Request): number {
  const typed = String(req.params['number'])
  return /^[1-9]\d{0,8}$/.test(typed) ? Number(typed) : 0
}

/** Not found for every number that is not on the list, whatever the reason. */
async function sendForm(
  ctx: Context,
  req: Request,
  res: Response,
  statement: Statement,
  values: ReportValues,
  faults: ReportFault[],
): Promise<void> {
  const listed = await findListed(ctx.db, statement.id, numberIn(req))
  if (!listed) throw new NotFound()
  const { t, language, format, paths } = speaking(ctx, res)
  const view = {
    title: titleIn(statement, language),
    slug: statement.slug,
    number: listed.number,
    entry: rowOf(listed, format),
    action: paths.reportEntry(statement.slug, listed.number),
    reasons: reportReasons,
    longest: longestWords,
    honeypot,
    values,
    faults: faults.map(({ field, message }) => ({
      field,
      message: t(message, { longest: format.number(longestWords) }),
    })),
  }
  res.set('X-Robots-Tag', 'noindex')
  sendPage(ctx, req, res, 'reports/report', view, {
    status: faults.length > 0 ? 422 : 200,
    title: t('report.heading'),
    hasFaults: faults.length > 0,
    isForm: true,
    isDiscreet: statement.discreet,
  })
}

export function outcomePage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const token = String(req.params['token'])
    const found = await findReport(ctx, token)
    const { t, language, paths } = speaking(ctx, res)
    const about = found && {
      number: found.number,
      outcome: found.outcome,
      answer: found.answer,
      title: titleIn(found.statement, language),
      listHref: paths.signatories(found.statement.slug),
      statementHref: paths.statement(found.statement.slug),
      url: `${ctx.config.baseUrl}${paths.report(token)}`,
    }
    sendPage(
      ctx,
      req,
      res,
      'reports/outcome',
      { about, keptDays: settledDays },
      {
        status: found ? 200 : 404,
        title: t(found ? 'report.outcome.heading' : 'report.unknown.heading'),
        isPrivate: true,
        isDiscreet: found?.statement.discreet === true,
      },
    )
  }
}
