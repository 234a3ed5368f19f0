// Pages behind the personal link of an invitation (product.md M-1, M-4): looking changes nothing. Whoever
// has the link sees what the mail said, and nothing of what was answered but that it was.
import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { agreedTexts } from '../endorsements/agreed-texts.ts'
import {
  emptyValues,
  type FormFault,
  readSignOn,
  readValues,
  type Values,
} from '../endorsements/endorsement-form.ts'
import { faultMessages } from '../endorsements/fault-messages.ts'
import { textShown } from '../endorsements/text-shown.ts'
import { formChoices, titleIn } from '../endorsements/views.ts'
import { NotFound } from '../http/errors.ts'
import { fieldsOf } from '../http/fields.ts'
import type { Faults } from '../http/page.ts'
import { textParam } from '../http/query.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { findOpened } from '../statements/find-public.ts'
import { renderText } from '../statements/statement-text.ts'
import {
  embargoAt,
  inLanguage,
  isEmbargoed,
  maySign,
  type Statement,
  statusAt,
  versionFor,
} from '../statements/stored-statement.ts'
import { accept, decline, findByLink, isStopLink, reserve, stopInviting } from './answer.ts'
import { type Invitation, tokenOf } from './invitation.ts'
import { maskedAddress, readUntil } from './invited-form.ts'

type Outcome = 'unknown' | 'closed' | 'paused' | 'endorsed' | 'mail-sent' | 'stopped'
const statusOf: Record<Outcome, number> = {
  unknown: 404,
  closed: 410,
  paused: 409,
  endorsed: 200,
  'mail-sent': 200,
  stopped: 200,
}

interface Found {
  statement: Statement
  invitation: Invitation
  token: string
}

export function invitationPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const found = await find(ctx, req, res)
    if (found === null) return
    const answered = textParam(req, 'answered')
    if (answered === 'endorsed' || answered === 'mail-sent') {
      return sendOutcome(ctx, req, res, answered, found.statement)
    }
    sendInvitation(ctx, req, res, found, prefilled(found), [])
  }
}

export function invitationForm(ctx: Context): RequestHandler {
  return async (req, res) => {
    const found = await find(ctx, req, res)
    if (found === null) return
    switch (fieldsOf(req)['decision'] ?? '') {
      case 'endorse':
        return endorseInvited(ctx, req, res, found)
      case 'reserve':
        return reserveUntil(ctx, req, res, found)
      case 'decline':
        await decline(ctx, found.invitation)
        return sendBack(ctx, res, found)
      default:
        return invitationPage(ctx)(req, res, () => undefined)
    }
  }
}

/** Null when there is nothing to answer; then the page says why. */
async function find(ctx: Context, req: Request, res: Response): Promise<Found | null> {
  const statement = await findOpened(ctx, req)
  const token = String(req.params['token'] ?? '')
  const invitation = await findByLink(ctx, statement, token)
  if (invitation === null && isEmbargoed(statement, ctx.clock.now())) throw new NotFound()
  const outcome = reasonNot(ctx, res, statement, invitation)
  if (outcome === null && invitation) return { statement, invitation, token }
  sendOutcome(ctx, req, res, outcome ?? 'unknown', outcome === 'unknown' ? null : statement)
  return null
}

function reasonNot(
  ctx: Context,
  res: Response,
  statement: Statement,
  invitation: Invitation | null,
): Outcome | null {
  const now = ctx.clock.now()
  if (!invitation) return 'unknown'
  if (invitation.state === 'endorsed') return 'endorsed'
  if (statusAt(statement, now) !== 'open') return 'closed'
  return res.locals['isSigningPaused'] === true || !maySign(statement, now) ? 'paused' : null
}

function prefilled({ statement, invitation }: Found): Values {
  const { name, acronym, country, website, organisationKind, contactName } = invitation.invited
  return {
    ...emptyValues('organisation', statement),
    name,
    acronym: acronym ?? '',
    country: country ?? '',
    website: website ?? '',
    organisation_kind: organisationKind ?? '',
    contact_name: contactName ?? '',
  }
}

async function endorseInvited(ctx: Context, req: Request, res: Response, found: Found) {
  const { t, language, paths } = speaking(ctx, res)
  const { statement, invitation, token } = found
  const typed = fieldsOf(req)
  const values = { ...readValues(typed), type: 'organisation' }
  const email = values.email.trim() === '' ? invitation.invited.email : values.email
  const read = readSignOn({ ...values, email }, statement)
  if (!read.ok) {
    return sendInvitation(ctx, req, res, found, values, messages(read.faults, t))
  }
  if (textShown(textParam(req, 'meaning'), statement, language).isOutdated) {
    const fault = { field: 'consent', message: t('check.text-changed') }
    return sendInvitation(ctx, req, res, found, values, [fault])
  }
  const agreed = { language, texts: agreedTexts('organisation', language) }
  const origin = { ip: req.ip ?? null, hasProof: true }
  const accepted = await accept(ctx, { ...found, signOn: read.value }, agreed, origin)
  if (accepted === 'closed') return sendOutcome(ctx, req, res, 'closed', statement)
  res
    .set('Cache-Control', 'no-store')
    .redirect(303, paths.invitation(statement.slug, token, { answered: accepted }))
}

const messages = (faults: FormFault[], t: Parameters<typeof faultMessages>[2]) =>
  faultMessages(faults, 'organisation', t)

async function reserveUntil(ctx: Context, req: Request, res: Response, found: Found) {
  const { t } = speaking(ctx, res)
  const until = readUntil(fieldsOf(req)['until'] ?? '', found.statement, ctx.clock.now())
  if (!until.ok) {
    const fault = { field: 'until', message: t(`invitation.fault.until.${until.fault}`) }
    return sendInvitation(ctx, req, res, found, prefilled(found), [fault])
  }
  await reserve(ctx, found.invitation, until.day)
  sendBack(ctx, res, found)
}

function sendBack(ctx: Context, res: Response, { statement, token }: Found): void {
  const { paths } = speaking(ctx, res)
  res.set('Cache-Control', 'no-store').redirect(303, paths.invitation(statement.slug, token))
}

function sendInvitation(
  ctx: Context,
  req: Request,
  res: Response,
  { statement, invitation, token }: Found,
  values: Values,
  faults: Faults,
): void {
  const { t, language, format, paths } = speaking(ctx, res)
  const { invited, state, reservedUntil } = invitation
  const embargo = embargoAt(statement, ctx.clock.now())
  const isComplete = values.name !== '' && values.country !== '' && values.contact_name !== ''
  sendPage(
    ctx,
    req,
    res,
    'invitations/invitation',
    {
      slug: statement.slug,
      title: titleIn(statement, language),
      ...textOf(statement, language, embargo !== null),
      type: 'organisation',
      action: paths.invitation(statement.slug, token, {
        meaning: textShown('', statement, language).meaning,
      }),
      stopHref: paths.stopInvitations(tokenOf(ctx.vault, 'stop', invitation.id)),
      name: invited.name,
      state,
      reservedUntil,
      sentTo: maskedAddress(invited.email),
      isOneButton: isComplete && faults.length === 0,
      countryName: isComplete ? format.country(values.country) : '',
      values: { ...values, until: fieldsOf(req)['until'] ?? '' },
      faults,
      ...formChoices(language),
      closesAt: statement.closesAt,
      isCorrection: false,
    },
    {
      status: faults.length > 0 ? 422 : 200,
      title: t('invitation.heading'),
      hasFaults: faults.length > 0,
      isPrivate: true,
      isDiscreet: statement.discreet,
      embargo,
    },
  )
}

/** To be read here while it has no page of its own; null when it has. */
function textOf(statement: Statement, language: string, isHere: boolean) {
  const { body, language: lang } = versionFor(statement, language)
  const { dir } = inLanguage('', lang)
  return { textHtml: isHere ? renderText(body) : null, textLang: lang, textDir: dir }
}

function sendOutcome(
  ctx: Context,
  req: Request,
  res: Response,
  outcome: Outcome,
  statement: Statement | null,
): void {
  const { t, language, paths } = speaking(ctx, res)
  const embargo = statement && embargoAt(statement, ctx.clock.now())
  sendPage(
    ctx,
    req,
    res,
    'invitations/outcome',
    {
      outcome,
      title: statement && titleIn(statement, language),
      statementHref: statement && embargo === null ? paths.statement(statement.slug) : null,
    },
    {
      status: statusOf[outcome],
      title: t(`invitation.${outcome}.heading`),
      isPrivate: true,
      isDiscreet: statement?.discreet === true,
      embargo,
    },
  )
}

export function stopPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const { t, paths } = speaking(ctx, res)
    const token = String(req.params['token'] ?? '')
    if (!(await isStopLink(ctx, token))) return sendOutcome(ctx, req, res, 'unknown', null)
    const view = { action: paths.stopInvitations(token) }
    sendPage(ctx, req, res, 'invitations/stop', view, {
      title: t('invitation.stop.heading'),
      isPrivate: true,
    })
  }
}

/** Also for mail programs, which send one fixed field and no cookie (RFC 8058). */
export function stopForm(ctx: Context): RequestHandler {
  return async (req, res) => {
    const isKnown = await stopInviting(ctx, String(req.params['token'] ?? ''))
    sendOutcome(ctx, req, res, isKnown ? 'stopped' : 'unknown', null)
  }
}
