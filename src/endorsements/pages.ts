// Pages: choosing, the form, check-your-answers, check-your-inbox, find-my-endorsement.
import type { Request, RequestHandler, Response } from 'express'
import { confirmHours } from '../confirmations/links.ts'
import type { Context } from '../context.ts'
import { textParam } from '../http/query.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { findPublic } from '../statements/find-public.ts'
import { endOf, maySign, type Statement, statusAt } from '../statements/stored-statement.ts'
import { parseEmailAddress, suggestAddress } from '../text/email-address.ts'
import { agreedTexts } from './agreed-texts.ts'
import { endorse, type SignOn } from './endorse.ts'
import type { EndorserType } from './endorsement.ts'
import {
  emptyValues,
  type FormBody,
  type FormFault,
  fields,
  honeypot,
  proof,
  readSignOn,
  readValues,
  typeFrom,
  typesFor,
  type Values,
} from './endorsement-form.ts'
import { faultMessages } from './fault-messages.ts'
import { findMyEndorsements, resendTo } from './find.ts'
import { textShown } from './text-shown.ts'
import { entryOf, formChoices, titleIn } from './views.ts'

export function endorsePage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    if (isResting(ctx, res, statement)) return sendClosed(ctx, req, res, statement, 200)
    const types = typesFor(statement)
    const asked = typeFrom(req.query['as'])
    const type = types.length === 1 ? types[0] : types.find((each) => each === asked)
    if (type === undefined) return sendChoice(ctx, req, res, statement)
    await sendForm(ctx, req, res, statement, type, emptyValues(type, statement), [])
  }
}

export function endorseForm(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const body = (req.body ?? {}) as FormBody
    const values = readValues(body)
    const types = typesFor(statement)
    const type = types.find((each) => each === values.type) ?? types[0] ?? 'organisation'
    if (isResting(ctx, res, statement)) return sendRefused(ctx, req, res, statement, type, values)
    if (body['change'] === 'yes') return sendForm(ctx, req, res, statement, type, values, [])
    const read = readSignOn(body, statement)
    if (!read.ok) return sendForm(ctx, req, res, statement, type, values, read.faults)
    const { language, paths } = speaking(ctx, res)
    const { isOutdated } = textShown(textParam(req, 'meaning'), statement, language)
    if (body['checked'] !== 'yes' || isOutdated) {
      return sendCheck(ctx, req, res, statement, read.value, body)
    }
    const agreed = { language, texts: agreedTexts(read.value.type, language) }
    const hasProof = await ctx.proofs.isGiven(statement, read.value.address, body[proof])
    const origin = { ip: req.ip ?? null, hasProof }
    const endorsed = await endorse(ctx, statement, read.value, agreed, origin)
    if (endorsed.outcome === 'closed') return sendRefused(ctx, req, res, statement, type, values)
    res.set('Cache-Control', 'no-store').redirect(303, paths.checkYourInbox(statement.slug))
  }
}

/** Closed, or paused by a coordinator or for the whole site. */
function isResting(ctx: Context, res: Response, statement: Statement): boolean {
  return res.locals['isSigningPaused'] === true || !maySign(statement, ctx.clock.now())
}

/** Nothing was recorded. A pause is over one day, so what was typed stays on the page. */
async function sendRefused(
  ctx: Context,
  req: Request,
  res: Response,
  statement: Statement,
  type: EndorserType,
  values: Values,
): Promise<void> {
  if (statusAt(statement, ctx.clock.now()) !== 'open') {
    return sendClosed(ctx, req, res, statement, 409)
  }
  await sendForm(ctx, req, res, statement, type, values, [], true)
}

function sendClosed(
  ctx: Context,
  req: Request,
  res: Response,
  statement: Statement,
  code: number,
): void {
  const { t, language } = speaking(ctx, res)
  const current = statusAt(statement, ctx.clock.now())
  const resting = res.locals['isReadOnly'] === true ? 'read-only' : 'paused'
  const status = current === 'open' ? resting : current
  sendPage(
    ctx,
    req,
    res,
    'endorsements/closed',
    {
      slug: statement.slug,
      title: titleIn(statement, language),
      status,
      closesAt: endOf(statement),
    },
    {
      status: code,
      title: t(current === 'open' ? 'closed.paused.heading' : 'closed.heading'),
      isForm: true,
      isDiscreet: statement.discreet,
    },
  )
}

function sendChoice(ctx: Context, req: Request, res: Response, statement: Statement): void {
  const { t, language } = speaking(ctx, res)
  const title = titleIn(statement, language)
  const view = { slug: statement.slug, title, closesAt: statement.closesAt }
  sendPage(ctx, req, res, 'endorsements/choose', view, {
    title: t('endorse.choose'),
    isForm: true,
    isDiscreet: statement.discreet,
  })
}

async function sendForm(
  ctx: Context,
  req: Request,
  res: Response,
  statement: Statement,
  type: EndorserType,
  values: Values,
  faults: FormFault[],
  isPaused = false,
): Promise<void> {
  const { t, language, paths } = speaking(ctx, res)
  const { meaning } = textShown(textParam(req, 'meaning'), statement, language)
  sendPage(
    ctx,
    req,
    res,
    'endorsements/form',
    {
      slug: statement.slug,
      title: titleIn(statement, language),
      type,
      values: { ...values, type },
      faults: faultMessages(faults, type, t),
      ...formChoices(language),
      closesAt: statement.closesAt,
      action: paths.endorse(statement.slug, undefined, meaning),
      honeypot,
      proof: await proofField(ctx, req, statement),
      isCorrection: false,
    },
    {
      status: isPaused ? 409 : faults.length > 0 ? 422 : 200,
      title: t(`endorse.${type}`),
      hasFaults: faults.length > 0 || isPaused,
      notices: isPaused ? [t('closed.paused.kept')] : [],
      isForm: true,
      isDiscreet: statement.discreet,
    },
  )
}

async function sendCheck(
  ctx: Context,
  req: Request,
  res: Response,
  statement: Statement,
  signOn: SignOn,
  body: FormBody,
): Promise<void> {
  const { t, language, format, paths } = speaking(ctx, res)
  const values = readValues(body)
  const { isOutdated } = textShown(textParam(req, 'meaning'), statement, language)
  const present = textShown('', statement, language)
  const trap = body[honeypot]
  const carried = [
    ...fields.map((name) => ({ name: name as string, value: values[name] })),
    { name: honeypot, value: typeof trap === 'string' ? trap : '' },
  ]
  sendPage(
    ctx,
    req,
    res,
    'endorsements/check-answers',
    {
      slug: statement.slug,
      title: titleIn(statement, language),
      type: signOn.type,
      values,
      entry: entryOf(signOn, format),
      countryName: format.country(signOn.country),
      visibility: signOn.visibility,
      emailSuggestion: suggestAddress(signOn.address),
      changesHref: isOutdated ? paths.changes(statement.slug) : null,
      action: paths.endorse(statement.slug, undefined, present.meaning),
      fields: carried.filter((field) => field.value !== ''),
      proof: await proofField(ctx, req, statement),
    },
    {
      status: isOutdated ? 409 : 200,
      title: t('check.heading'),
      hasFaults: isOutdated,
      isPrivate: true,
      isDiscreet: statement.discreet,
    },
  )
}

/** For the solver, or as it was sent, so that nothing is calculated twice. */
function proofField(ctx: Context, req: Request, statement: Statement) {
  const body = (req.body ?? {}) as FormBody
  return ctx.proofs.ask(statement, body[proof])
}

export function checkYourInbox(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    sendInbox(ctx, req, res, statement)
  }
}

function sendInbox(ctx: Context, req: Request, res: Response, statement: Statement): void {
  const { t, language, paths } = speaking(ctx, res)
  const resendAction = paths.checkYourInbox(statement.slug)
  const title = titleIn(statement, language)
  const view = { slug: statement.slug, title, resendAction, linkHours: confirmHours }
  sendPage(ctx, req, res, 'endorsements/check-your-inbox', view, {
    title: t('inbox.heading'),
    isPrivate: true,
    isDiscreet: statement.discreet,
  })
}

/** The same page for every address, also for none (product.md P-10). */
export function resendPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const statement = await findPublic(ctx, req)
    const { language, paths } = speaking(ctx, res)
    const { email } = readValues((req.body ?? {}) as FormBody)
    const address = parseEmailAddress(email)
    if (address.ok) await resendTo(ctx, statement, address.value, language)
    res.set('Cache-Control', 'no-store').redirect(303, paths.checkYourInbox(statement.slug))
  }
}

export function findPage(ctx: Context): RequestHandler {
  return (req, res) => sendFind(ctx, req, res, '', [])
}

export function findForm(ctx: Context): RequestHandler {
  return async (req, res) => {
    const { t, language } = speaking(ctx, res)
    const { email } = readValues((req.body ?? {}) as FormBody)
    const address = parseEmailAddress(email)
    if (!address.ok) {
      const fault: FormFault = { field: 'email', reason: address.fault, longest: 254 }
      return sendFind(ctx, req, res, email, [fault])
    }
    await findMyEndorsements(ctx, address.value, language)
    sendPage(
      ctx,
      req,
      res,
      'endorsements/find-sent',
      {},
      {
        title: t('find.sent.heading'),
        isPrivate: true,
      },
    )
  }
}

function sendFind(
  ctx: Context,
  req: Request,
  res: Response,
  email: string,
  faults: FormFault[],
): void {
  const { t, paths } = speaking(ctx, res)
  const view = {
    values: { email },
    faults: faultMessages(faults, 'individual', t),
    action: paths.findMyEndorsement(),
  }
  sendPage(ctx, req, res, 'endorsements/find', view, {
    status: faults.length > 0 ? 422 : 200,
    title: t('find.heading'),
    hasFaults: faults.length > 0,
    isForm: true,
  })
}
