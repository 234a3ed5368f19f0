// The endorser's private page (product.md §4): see, correct, hide or show, withdraw, take along, erase.
import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { NotFound } from '../http/errors.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { findStatementById, findTextVersion } from '../statements/find-statement.ts'
import { embargoAt, maySign, type Statement } from '../statements/stored-statement.ts'
import { type Endorsement, shownState } from './endorsement.ts'
import {
  type FormBody,
  type FormFault,
  readCorrection,
  readTyped,
  readValues,
  type Values,
  visibilityShown,
} from './endorsement-form.ts'
import { faultMessages } from './fault-messages.ts'
import { questionFor, reconfirm } from './reconfirm.ts'
import { correct, erase, findOwn, withdraw } from './manage.ts'
import { ownData } from './own-data.ts'
import { shareLinks } from './share.ts'
import { entryOf, formChoices, titleIn } from './views.ts'

export function privatePage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const own = await ownOf(ctx, req)
    if (!own) return sendUnknown(ctx, req, res)
    await sendOwn(ctx, req, res, own, valuesOf(own), [])
  }
}

export function privateForm(ctx: Context): RequestHandler {
  return async (req, res) => {
    const own = await ownOf(ctx, req)
    if (!own) return sendUnknown(ctx, req, res)
    const body = (req.body ?? {}) as FormBody
    switch (body['decision']) {
      case 'save':
        if (own.state === 'withdrawn') return sendWithdrawn(ctx, req, res, own, false)
        return saveCorrection(ctx, req, res, own, body)
      case 'reconfirm':
        return standBehind(ctx, req, res, own, body['text'])
      case 'withdraw':
        await withdraw(ctx, own)
        return sendWithdrawn(ctx, req, res, own, false)
      case 'erase':
        await erase(ctx, own)
        return sendWithdrawn(ctx, req, res, own, true)
      default:
        return sendOwn(ctx, req, res, own, valuesOf(own), [])
    }
  }
}

export function ownDataFile(ctx: Context): RequestHandler {
  return async (req, res) => {
    const own = await ownOf(ctx, req)
    if (!own) throw new NotFound()
    res
      .set('Cache-Control', 'no-store')
      .set('X-Robots-Tag', 'noindex')
      .attachment('my-endorsement.json')
      .type('json')
      .send(JSON.stringify(await ownData(ctx, own), null, 2))
  }
}

async function ownOf(ctx: Context, req: Request): Promise<Endorsement | null> {
  const token = req.params['token']
  return typeof token === 'string' ? findOwn(ctx, token) : null
}

async function saveCorrection(
  ctx: Context,
  req: Request,
  res: Response,
  own: Endorsement,
  body: FormBody,
): Promise<void> {
  const values = readTyped(body, own)
  const read = readCorrection(values, own)
  if (!read.ok) return sendOwn(ctx, req, res, own, values, read.faults)
  const corrected = await correct(ctx, own, read.value)
  if (corrected === 'name-taken') {
    const fault: FormFault = { field: 'name', reason: 'taken', longest: 200 }
    return sendOwn(ctx, req, res, own, values, [fault])
  }
  const { paths } = speaking(ctx, res)
  const token = String(req.params['token'])
  const outcome = corrected === 'saved' ? { saved: 'yes' } : {}
  res.set('Cache-Control', 'no-store').redirect(303, paths.endorsement(token, outcome))
}

/** What has changed again meanwhile, the page asks again. */
async function standBehind(
  ctx: Context,
  req: Request,
  res: Response,
  own: Endorsement,
  text: unknown,
): Promise<void> {
  const { paths, language } = speaking(ctx, res)
  const shown = typeof text === 'string' ? text : ''
  await reconfirm(ctx, own, { shown, language, method: 'private page' })
  const token = String(req.params['token'])
  res.set('Cache-Control', 'no-store').redirect(303, paths.endorsement(token))
}

function valuesOf({ type, details, country, visibility, updates }: Endorsement): Values {
  if (details === null) return readValues({})
  return {
    ...readValues({}),
    type,
    name: details.name,
    acronym: details.acronym ?? '',
    country,
    website: details.website ?? '',
    organisation_kind: details.organisationKind ?? '',
    affiliation: details.affiliation ?? '',
    role: details.role ?? '',
    contact_name: details.contactName ?? '',
    contact_role: details.contactRole ?? '',
    visibility,
    updates: updates ? 'yes' : '',
  }
}

async function sendOwn(
  ctx: Context,
  req: Request,
  res: Response,
  own: Endorsement,
  values: Values,
  faults: FormFault[],
): Promise<void> {
  const { t, format, paths, urls, language } = speaking(ctx, res)
  const statement = await statementOf(ctx, own)
  const token = String(req.params['token'])
  const text = await findTextVersion(ctx.db, own.textVersionId)
  const question = await questionFor(ctx.db, statement, own)
  const title = titleIn(statement, language)
  const shareUrl = urls.statement(statement.slug)
  const embargo = embargoAt(statement, ctx.clock.now())
  const mayShare = !statement.discreet && embargo === null
  const action = paths.endorsement(token)
  sendPage(
    ctx,
    req,
    res,
    'endorsements/private-page',
    {
      title,
      statementHref: paths.statement(statement.slug),
      state: shownState(own.state),
      type: own.type,
      entry: entryOf(own, format),
      number: own.number,
      visibility: own.visibility,
      verification: own.verification,
      countryName: format.country(own.country),
      language: own.language,
      confirmedOn: own.confirmedAt?.slice(0, 10) ?? null,
      textVersion: text?.number ?? 1,
      newText: question && { text: question.after.hash, href: paths.changes(statement.slug) },
      updates: own.updates,
      hasJustConfirmed: req.query['thanks'] === 'yes' && req.method === 'GET',
      hasJustSaved: req.query['saved'] === 'yes' && req.method === 'GET',
      share: mayShare ? shareLinks(t, title.text, shareUrl) : [],
      shareUrl,
      privateUrl: `${ctx.config.baseUrl}${action}`,
      action,
      dataHref: paths.ownData(token),
      isContactForgotten: own.isContactForgotten,
      isSigningOpen: maySign(statement, ctx.clock.now()),
      form: own.details && {
        slug: statement.slug,
        title,
        type: own.type,
        values,
        faults: faultMessages(faults, own.type, t),
        ...formChoices(language),
        closesAt: statement.closesAt,
        action,
        honeypot: '',
        visibilityShown,
        isCorrection: true,
      },
    },
    {
      status: faults.length > 0 ? 422 : 200,
      title: t('mine.heading'),
      hasFaults: faults.length > 0,
      isPrivate: true,
      isDiscreet: statement.discreet,
      embargo,
    },
  )
}

async function statementOf(ctx: Context, own: Endorsement): Promise<Statement> {
  const statement = await findStatementById(ctx.db, own.statementId)
  if (!statement) throw new Error('An endorsement without a statement')
  return statement
}

async function sendWithdrawn(
  ctx: Context,
  req: Request,
  res: Response,
  own: Endorsement,
  erased: boolean,
): Promise<void> {
  const { t, language, paths } = speaking(ctx, res)
  const statement = await statementOf(ctx, own)
  const view = {
    title: titleIn(statement, language),
    statementHref: paths.statement(statement.slug),
    erased,
  }
  sendPage(ctx, req, res, 'endorsements/withdrawn', view, {
    title: t(erased ? 'withdrawn.erased.heading' : 'withdrawn.heading'),
    isPrivate: true,
    isDiscreet: statement.discreet,
    embargo: embargoAt(statement, ctx.clock.now()),
  })
}

/** Never valid, expired or replaced by a newer one: the same page, which offers a new link. */
function sendUnknown(ctx: Context, req: Request, res: Response): void {
  const { t } = speaking(ctx, res)
  const view = { outcome: 'unknown', title: null, statementHref: null, action: null }
  sendPage(ctx, req, res, 'confirmations/outcome', view, {
    status: 404,
    title: t('outcome.unknown.heading'),
    isPrivate: true,
  })
}
