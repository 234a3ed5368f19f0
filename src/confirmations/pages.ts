// Pages behind the link in the mail (product.md M-1 to M-4): looking changes nothing, a button does.
import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { confirm, denyEndorsement, type NotConfirmed, resendLink } from '../endorsements/confirm.ts'
import type { Endorsement } from '../endorsements/endorsement.ts'
import { findPending } from '../endorsements/manage.ts'
import { entryOf, titleIn } from '../endorsements/views.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { findStatementById } from '../statements/find-statement.ts'
import { confirmingAt, embargoAt, type Statement } from '../statements/stored-statement.ts'

type Outcome =
  'already-confirmed' | 'expired' | 'superseded' | 'unknown' | 'not-me' | 'too-late' | 'resent'

const statusOfOutcome: Record<Outcome, number> = {
  'already-confirmed': 200,
  expired: 410,
  superseded: 410,
  unknown: 404,
  'not-me': 200,
  'too-late': 410,
  resent: 200,
}

export function confirmPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const found = await findPending(ctx, tokenOf(req))
    if (found.state === 'unknown') return sendOutcome(ctx, req, res, 'unknown', null)
    const { endorsement, state } = found
    const statement = await findStatementById(ctx.db, endorsement.statementId)
    if (!statement) return sendOutcome(ctx, req, res, 'unknown', null)
    if (endorsement.state === 'withdrawn') return sendWithdrawn(ctx, req, res, statement)
    const isDone = endorsement.state !== 'pending' || state === 'used'
    if (isDone) return sendOutcome(ctx, req, res, 'already-confirmed', statement)
    const confirming = confirmingAt(statement, ctx.clock.now())
    // a new link would come too late as well
    const isOver = confirming === 'over' || (confirming === 'late' && state !== 'live')
    if (isOver) return sendOutcome(ctx, req, res, 'too-late', statement)
    if (state !== 'live') return sendOutcome(ctx, req, res, state, statement)
    sendConfirm(ctx, req, res, statement, endorsement, 200)
  }
}

export function confirmForm(ctx: Context): RequestHandler {
  return async (req, res) => {
    const body = (req.body ?? {}) as Record<string, unknown>
    switch (body['decision']) {
      case 'confirm':
        return decideConfirm(ctx, req, res, body['shown'])
      case 'not-me':
        return decideNotMe(ctx, req, res)
      case 'resend':
        return decideResend(ctx, req, res)
      default:
        return confirmPage(ctx)(req, res, () => undefined)
    }
  }
}

async function decideConfirm(
  ctx: Context,
  req: Request,
  res: Response,
  shown: unknown,
): Promise<void> {
  const isAsShown = (pending: Endorsement) =>
    typeof shown !== 'string' || shown === shownMark(ctx, pending)
  const confirmed = await confirm(ctx, tokenOf(req), isAsShown)
  if (confirmed.outcome !== 'confirmed') return sendWhyNot(ctx, req, res, confirmed.outcome)
  const { paths } = speaking(ctx, res)
  res
    .set('Cache-Control', 'no-store')
    .redirect(303, paths.endorsement(confirmed.manageToken, { thanks: 'yes' }))
}

async function sendWhyNot(
  ctx: Context,
  req: Request,
  res: Response,
  outcome: NotConfirmed,
): Promise<void> {
  const found = await findPending(ctx, tokenOf(req))
  if (found.state === 'unknown') return sendOutcome(ctx, req, res, 'unknown', null)
  const { endorsement } = found
  const statement = await findStatementById(ctx.db, endorsement.statementId)
  if (statement && endorsement.state === 'withdrawn') {
    return sendWithdrawn(ctx, req, res, statement)
  }
  if (outcome !== 'not-as-shown') return sendOutcome(ctx, req, res, outcome, statement)
  // confirmed by somebody else in this very moment
  const isPending = statement && endorsement.state === 'pending'
  if (!isPending) return sendOutcome(ctx, req, res, 'already-confirmed', statement)
  sendConfirm(ctx, req, res, statement, endorsement, 409)
}

async function decideNotMe(ctx: Context, req: Request, res: Response): Promise<void> {
  const denied = await denyEndorsement(ctx, tokenOf(req))
  sendOutcome(ctx, req, res, denied === 'denied' ? 'not-me' : denied, null)
}

async function decideResend(ctx: Context, req: Request, res: Response): Promise<void> {
  const resent = await resendLink(ctx, tokenOf(req))
  sendOutcome(ctx, req, res, resent === 'queued' ? 'resent' : 'unknown', null)
}

function tokenOf(req: Request): string {
  const token = req.params['token']
  return typeof token === 'string' ? token : ''
}

/** Changes with every change of the entry: nobody confirms what they were not shown. */
function shownMark({ vault }: Context, { id, revision }: Endorsement): string {
  return vault.hash('shown', id, String(revision)).slice(0, 16)
}

function sendConfirm(
  ctx: Context,
  req: Request,
  res: Response,
  statement: Statement,
  endorsement: Endorsement,
  status: number,
): void {
  const { t, language, format, paths } = speaking(ctx, res)
  sendPage(
    ctx,
    req,
    res,
    'confirmations/confirm',
    {
      action: paths.confirm(tokenOf(req)),
      title: titleIn(statement, language),
      type: endorsement.type,
      entry: entryOf(endorsement, format),
      visibility: endorsement.visibility,
      countryName: format.country(endorsement.country),
      isLate: confirmingAt(statement, ctx.clock.now()) === 'late',
      closesAt: statement.closesAt,
      shown: shownMark(ctx, endorsement),
      statementHref: paths.statement(statement.slug),
    },
    {
      status,
      title: t('confirm.heading'),
      isPrivate: true,
      isDiscreet: statement.discreet,
      embargo: embargoAt(statement, ctx.clock.now()),
    },
  )
}

function sendWithdrawn(ctx: Context, req: Request, res: Response, statement: Statement): void {
  const { t, paths, language } = speaking(ctx, res)
  const view = {
    title: titleIn(statement, language),
    statementHref: paths.statement(statement.slug),
    erased: false,
  }
  const isDiscreet = statement.discreet
  const wanted = { title: t('withdrawn.heading'), isPrivate: true, isDiscreet }
  sendPage(ctx, req, res, 'endorsements/withdrawn', view, wanted)
}

function sendOutcome(
  ctx: Context,
  req: Request,
  res: Response,
  outcome: Outcome,
  statement: Statement | null,
): void {
  const { t, language, paths } = speaking(ctx, res)
  sendPage(
    ctx,
    req,
    res,
    'confirmations/outcome',
    {
      outcome,
      title: statement && titleIn(statement, language),
      statementHref: statement && paths.statement(statement.slug),
      action: outcome === 'expired' ? paths.confirm(tokenOf(req)) : null,
    },
    {
      status: statusOfOutcome[outcome],
      title: t(`outcome.${outcome}.heading`),
      isPrivate: true,
      isDiscreet: statement?.discreet === true,
    },
  )
}
