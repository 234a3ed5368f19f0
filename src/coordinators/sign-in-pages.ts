// Pages: asking for a sign-in link, the page behind it, signing out.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import { clearCookie, setCookie } from '../desk/cookie.ts'
import type { DeskRoute } from '../desk/desk.ts'
import { nextPath } from '../desk/next-path.ts'
import { fieldsOf } from '../http/fields.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { parseEmailAddress } from '../text/email-address.ts'
import { askForLink, linkMinutes, mayUseLink, signIn } from './sign-in.ts'
import { browserOf } from './browser.ts'
import { deleteSession } from './session-store.ts'
import { readSession } from './sessions.ts'

export function signInRoutes(ctx: Context): DeskRoute[] {
  const needs = 'visitor'
  return [
    { method: 'get', path: '/desk/sign-in', needs, handle: (req, res) => ask(ctx, req, res, '') },
    { method: 'post', path: '/desk/sign-in', needs, handle: (req, res) => send(ctx, req, res) },
    { method: 'get', path: '/desk/sign-in/sent', needs, handle: (req, res) => sent(ctx, req, res) },
    { method: 'get', path: '/desk/sign-in/:token', needs, handle: (q, s) => look(ctx, q, s) },
    { method: 'post', path: '/desk/sign-in/:token', needs, handle: (q, s) => use(ctx, q, s) },
    {
      method: 'post',
      path: '/desk/sign-out',
      needs: 'half',
      async handle(_req, res, { session, coordinator }) {
        await deleteSession(ctx.db, coordinator.id, session.id)
        clearCookie(res, ctx.config)
        res.redirect(303, speaking(ctx, res).paths.desk.signIn())
      },
    },
  ]
}

function ask(ctx: Context, req: Request, res: Response, typed: string, isWrong = false): void {
  const { t, paths } = speaking(ctx, res)
  const message = typed === '' ? t('fault.email.required') : t('fault.email.invalid')
  sendPage(
    ctx,
    req,
    res,
    'desk/sign-in',
    {
      action: paths.desk.signIn(nextPath(req)),
      values: { email: typed },
      faults: isWrong ? [{ field: 'email', message }] : [],
    },
    {
      status: isWrong ? 422 : 200,
      title: t('desk.sign-in.heading'),
      isPrivate: true,
      hasFaults: isWrong,
    },
  )
}

async function send(ctx: Context, req: Request, res: Response): Promise<void> {
  const { language, paths } = speaking(ctx, res)
  const typed = (fieldsOf(req)['email'] ?? '').trim()
  const address = parseEmailAddress(typed)
  if (!address.ok) return ask(ctx, req, res, typed, true)
  await askForLink(ctx, address.value, language)
  res.redirect(303, paths.desk.signInSent())
}

function sent(ctx: Context, req: Request, res: Response): void {
  const { t, paths } = speaking(ctx, res)
  sendPage(
    ctx,
    req,
    res,
    'desk/sign-in-sent',
    { minutes: linkMinutes, againHref: paths.desk.signIn() },
    { title: t('desk.sent.heading'), isPrivate: true },
  )
}

const tokenOf = (req: Request) => String(req.params['token'] ?? '')

async function look(ctx: Context, req: Request, res: Response): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  const token = tokenOf(req)
  if (!(await mayUseLink(ctx, token))) return sendUsedUp(ctx, req, res)
  sendPage(
    ctx,
    req,
    res,
    'desk/sign-in-button',
    { action: paths.desk.signInWith(token) },
    { title: t('desk.sign-in.heading'), isPrivate: true },
  )
}

async function use(ctx: Context, req: Request, res: Response): Promise<void> {
  const { paths } = speaking(ctx, res)
  const session = await signIn(ctx, tokenOf(req), browserOf(req.get('user-agent') ?? ''))
  if (session === null) return sendUsedUp(ctx, req, res)
  setCookie(res, ctx.config, session)
  const isComplete = (await readSession(ctx, session))?.isComplete === true
  res.redirect(303, isComplete ? paths.desk.home() : paths.desk.secondFactor())
}

function sendUsedUp(ctx: Context, req: Request, res: Response): void {
  const { t, paths } = speaking(ctx, res)
  sendPage(
    ctx,
    req,
    res,
    'desk/sign-in-over',
    { minutes: linkMinutes, againHref: paths.desk.signIn() },
    { status: 410, title: t('desk.over.heading'), isPrivate: true },
  )
}
