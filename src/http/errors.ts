// Everything that goes wrong becomes a page with a next step, or problem+json (RFC 9457). The only
// place that knows status codes of faults; a visitor never sees err.message.
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { isDamage } from '../db/integrity.ts'
import { isAway } from '../db/is-away.ts'
import { fieldsOf } from './fields.ts'
import { formType } from './read-forms.ts'
import { sendPage, speaking, wantsJson } from './respond.ts'

const explained = [400, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503] as const
type Explained = (typeof explained)[number]

/** where nobody knows better */
const soonSeconds = '30'

export class NotFound extends Error {}

/** The statement was taken down; the reason is public. */
export class Gone extends Error {
  readonly reason: string
  constructor(reason: string) {
    super('gone')
    this.reason = reason
  }
}

export function notFound(): RequestHandler {
  return () => {
    throw new NotFound()
  }
}

export function answerFaults(ctx: Context): ErrorRequestHandler {
  return (fault: unknown, req, res, next) => {
    const status = statusOf(fault)
    const reference = status === 500 ? ctx.random.id().slice(0, 8) : null
    if (reference !== null) ctx.log.error({ err: fault, reference }, ourFault(fault))
    if (isAway(fault)) ctx.log.error({ err: fault }, 'the database is away, full or busy')
    if (res.headersSent) return next(fault)
    res.set('Cache-Control', 'no-store')
    if (status === 503 && !res.hasHeader('Retry-After')) res.set('Retry-After', soonSeconds)
    const reason = fault instanceof Gone ? fault.reason : null
    if (wantsJson(req)) sendProblem(res, ctx, { status, reference, reason })
    else if (status === 503) sendComeBack(ctx, req, res)
    else sendErrorPage(ctx, req, res, { status, reference, reason })
  }
}

function ourFault(fault: unknown): string {
  return isDamage(fault)
    ? 'the database is damaged: stop the site, run "undersigned doctor", restore a backup'
    : 'request failed'
}

interface Problem {
  status: Explained
  reference: string | null
  reason: string | null
}

function statusOf(fault: unknown): Explained {
  if (fault instanceof NotFound) return 404
  if (fault instanceof Gone) return 410
  if (isAway(fault)) return 503
  const given = (fault as { status?: unknown; expose?: unknown } | null)?.status
  return explained.find((status) => status === given && (status < 500 || status === 503)) ?? 500
}

function sendProblem(res: Response, ctx: Context, { status, reference, reason }: Problem): void {
  const { t } = speaking(ctx, res)
  res
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: 'about:blank',
        title: t(`error.${status}.heading`),
        status,
        detail: reason ?? t(`error.${status}.explanation`),
        ...(reference === null ? {} : { instance: `urn:undersigned:fault:${reference}` }),
      }),
    )
}

function sendErrorPage(ctx: Context, req: Request, res: Response, problem: Problem): void {
  const { status, reference, reason } = problem
  const { t, paths } = speaking(ctx, res)
  const explanation = t(`error.${status}.explanation`)
  sendPage(
    ctx,
    req,
    res,
    'outcomes/error',
    {
      status,
      heading: t(`error.${status}.heading`),
      explanation: reason === null ? explanation : `${explanation} ${reason}`,
      nextStep: { label: t('error.home'), href: paths.home() },
      reference,
    },
    { status, title: t(`error.${status}.heading`) },
  )
}

/**
 * For a while it does not work: too many others, a full disk, a database that is away. What was typed
 * comes along and is sent again with one button, to where it was sent. Needs no database.
 */
function sendComeBack(ctx: Context, req: Request, res: Response): void {
  const { t } = speaking(ctx, res)
  // what another site has filled in, nobody shall send from here; files do not come along
  const isTyped = req.get('sec-fetch-site') !== 'cross-site' && req.is(formType) !== false
  const view = {
    isForm: req.method === 'POST',
    typed: isTyped ? Object.entries(fieldsOf(req)).map(([name, value]) => ({ name, value })) : null,
  }
  const wanted = { status: 503, title: t('error.503.heading') }
  sendPage(ctx, req, res, 'outcomes/come-back', view, wanted)
}
