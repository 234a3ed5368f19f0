// Page behind "stop these mails": looking changes nothing, the button does, and so does the POST that
// a mail program sends by itself (RFC 8058: no cookie, no redirect, nothing to fill in).
import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { findStatementById } from '../statements/find-statement.ts'
import type { Endorsement } from './endorsement.ts'
import { findSubscriber, unsubscribe } from './unsubscribe.ts'
import { titleIn } from './views.ts'

export function unsubscribePage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const own = await findSubscriber(ctx, tokenOf(req))
    if (!own) return sendUnknown(ctx, req, res)
    await sendUnsubscribe(ctx, req, res, own, own.updates)
  }
}

export function unsubscribeForm(ctx: Context): RequestHandler {
  return async (req, res) => {
    const own = await findSubscriber(ctx, tokenOf(req))
    if (!own) return sendUnknown(ctx, req, res)
    await unsubscribe(ctx, own)
    await sendUnsubscribe(ctx, req, res, own, false)
  }
}

function tokenOf(req: Request): string {
  const token = req.params['token']
  return typeof token === 'string' ? token : ''
}

async function sendUnsubscribe(
  ctx: Context,
  req: Request,
  res: Response,
  own: Endorsement,
  isSubscribed: boolean,
): Promise<void> {
  const { t, paths, language } = speaking(ctx, res)
  const statement = await findStatementById(ctx.db, own.statementId)
  if (!statement) return sendUnknown(ctx, req, res)
  const view = {
    isSubscribed,
    title: titleIn(statement, language),
    statementHref: paths.statement(statement.slug),
    action: paths.unsubscribe(tokenOf(req)),
    findHref: paths.findMyEndorsement(),
  }
  sendPage(ctx, req, res, 'endorsements/unsubscribe', view, {
    title: t(isSubscribed ? 'unsubscribe.heading' : 'unsubscribe.done'),
    isPrivate: true,
    isDiscreet: statement.discreet,
  })
}

function sendUnknown(ctx: Context, req: Request, res: Response): void {
  const { t, paths } = speaking(ctx, res)
  const view = { findHref: paths.findMyEndorsement() }
  const title = t('unsubscribe.unknown')
  sendPage(ctx, req, res, 'endorsements/unsubscribe-unknown', view, {
    status: 404,
    title,
    isPrivate: true,
  })
}
