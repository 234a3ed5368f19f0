// Page behind the mail about a new text: what has changed, and one button. Looking changes nothing.
import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { findStatementById, findTextVersion } from '../statements/find-statement.ts'
import { embargoAt, inLanguage, type Statement } from '../statements/stored-statement.ts'
import { changesBetween } from '../statements/text-changes.ts'
import { type Endorsement, shownState } from './endorsement.ts'
import { findAsked, questionFor, reconfirm } from './reconfirm.ts'
import { entryOf, titleIn } from './views.ts'

export function reconfirmPage(ctx: Context): RequestHandler {
  return async (req, res) => {
    const found = await findAsked(ctx, tokenOf(req))
    if (found === null || found === 'superseded') return sendNowhere(ctx, req, res, found)
    await sendQuestion(ctx, req, res, found, false)
  }
}

export function reconfirmForm(ctx: Context): RequestHandler {
  return async (req, res) => {
    const found = await findAsked(ctx, tokenOf(req))
    if (found === null || found === 'superseded') return sendNowhere(ctx, req, res, found)
    const { language, paths } = speaking(ctx, res)
    const { text } = (req.body ?? {}) as Record<string, unknown>
    const shown = typeof text === 'string' ? text : ''
    const done = await reconfirm(ctx, found, { shown, language, method: 'link' })
    if (done === 'changed') return sendQuestion(ctx, req, res, found, true)
    res.set('Cache-Control', 'no-store').redirect(303, paths.reconfirm(tokenOf(req)))
  }
}

function tokenOf(req: Request): string {
  const token = req.params['token']
  return typeof token === 'string' ? token : ''
}

async function sendQuestion(
  ctx: Context,
  req: Request,
  res: Response,
  own: Endorsement,
  hasChanged: boolean,
): Promise<void> {
  const { t, format, paths, language } = speaking(ctx, res)
  const statement = await findStatementById(ctx.db, own.statementId)
  if (!statement) return sendNowhere(ctx, req, res, null)
  const question = await askedOf(ctx, statement, own)
  const state = shownState(own.state)
  const isStanding = state === 'confirmed' || state === 'held'
  const outcome = question !== null ? 'asked' : isStanding ? 'done' : 'left'
  const heading =
    outcome === 'left' ? t(`state.${state}`) : t(`reconfirm.${outcome}.heading` as const)
  const present = await findTextVersion(ctx.db, own.textVersionId)
  sendPage(
    ctx,
    req,
    res,
    'endorsements/reconfirm',
    {
      outcome,
      heading,
      state,
      question,
      hasChanged,
      type: own.type,
      entry: entryOf(own, format),
      textVersion: present?.number ?? 1,
      title: titleIn(statement, language),
      statementHref: paths.statement(statement.slug),
      wholeHref: paths.statement(statement.slug, { text: question?.lang }),
      action: paths.reconfirm(tokenOf(req)),
    },
    {
      status: hasChanged ? 409 : 200,
      title: heading,
      isPrivate: true,
      isDiscreet: statement.discreet,
      embargo: embargoAt(statement, ctx.clock.now()),
    },
  )
}

async function askedOf(ctx: Context, statement: Statement, own: Endorsement) {
  const question = await questionFor(ctx.db, statement, own)
  if (question === null) return null
  const { before, after, reasons } = question
  const { lang, dir } = inLanguage('', after.language)
  const pieces = before === null ? null : changesBetween(before, after)
  return { pieces, lang, dir, reasons, text: after.hash }
}

/** Never valid, expired, or replaced by the link in a newer mail. */
function sendNowhere(ctx: Context, req: Request, res: Response, found: 'superseded' | null): void {
  const { t } = speaking(ctx, res)
  const outcome = found ?? 'unknown'
  const view = { outcome, title: null, statementHref: null, action: null }
  sendPage(ctx, req, res, 'confirmations/outcome', view, {
    status: found === null ? 404 : 410,
    title: t(`outcome.${outcome}.heading`),
    isPrivate: true,
  })
}
