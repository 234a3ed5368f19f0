// Pages: showing the second factor, and setting up a code app.
import { encodeQR } from 'qr'
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import { clearCookie } from '../desk/cookie.ts'
import type { Desk, DeskRoute } from '../desk/desk.ts'
import { nextPath } from '../desk/next-path.ts'
import { sendDeskPage } from '../desk/send.ts'
import { NotFound } from '../http/errors.ts'
import { fieldsOf } from '../http/fields.ts'
import type { Fault } from '../http/page.ts'
import { speaking } from '../http/respond.ts'
import { offerPasskey } from './passkeys.ts'
import { newPasskeyView, passkeyName } from './passkey-pages.ts'
import {
  offeredCode,
  setUpCode,
  setUpPasskey,
  showSecondFactor,
  typedFactor,
} from './second-factor.ts'

export function secondFactorRoutes(ctx: Context): DeskRoute[] {
  const needs = 'half'
  const code = '/desk/second-factor/code'
  return [
    { method: 'get', path: '/desk/second-factor', needs, handle: (q, s, d) => ask(ctx, q, s, d) },
    { method: 'post', path: '/desk/second-factor', needs, handle: (q, s, d) => show(ctx, q, s, d) },
    { method: 'get', path: code, needs, handle: (q, s, d) => offer(ctx, q, s, d, null) },
    { method: 'post', path: code, needs, handle: (q, s, d) => setUp(ctx, q, s, d) },
    {
      method: 'post',
      path: '/desk/second-factor/passkey',
      needs,
      handle: (q, s, d) => setUpByPasskey(ctx, q, s, d),
    },
    {
      method: 'get',
      path: `${code}.svg`,
      needs,
      handle: (_req, res, desk) => picture(ctx, res, desk),
    },
  ]
}

async function ask(
  ctx: Context,
  req: Request,
  res: Response,
  desk: Desk,
  isWrong = false,
): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  if (!desk.coordinator.hasFactor) return res.redirect(303, paths.desk.setUpCode())
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'desk/second-factor',
    {
      action: paths.desk.secondFactor(nextPath(req)),
      offer: await offerPasskey(ctx, desk.session, { isNew: false }),
      typed: [],
      faults: isWrong ? [{ field: 'second_factor', message: t('desk.fault.code') }] : [],
    },
    { status: isWrong ? 422 : 200, title: t('desk.factor.heading'), hasFaults: isWrong },
  )
}

const typedCode = (req: Request) => fieldsOf(req)['second_factor'] ?? ''

async function show(ctx: Context, req: Request, res: Response, desk: Desk): Promise<void> {
  const { paths } = speaking(ctx, res)
  const typed = typedFactor(fieldsOf(req)) ?? { code: '', passkey: '' }
  const shown = await showSecondFactor(ctx, desk.session, typed)
  switch (shown) {
    case 'right':
      return res.redirect(303, nextPath(req) ?? paths.desk.home())
    case 'wrong':
      return ask(ctx, req, res, desk, true)
    case 'ended':
      clearCookie(res, ctx.config)
      return res.redirect(303, paths.desk.signIn())
  }
}

/** Who has one already can change it only after having shown it. */
function mayNotSetUp({ session, coordinator }: Desk): boolean {
  return coordinator.hasFactor && !session.isFresh
}

async function offer(
  ctx: Context,
  req: Request,
  res: Response,
  desk: Desk,
  fault: Fault | null,
): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  if (mayNotSetUp(desk)) return res.redirect(303, paths.desk.secondFactor(req.originalUrl))
  const { secret, uri } = offeredCode(ctx, desk.session)
  const faults = fault === null ? [] : [fault]
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'desk/set-up-code',
    {
      action: paths.desk.setUpCode(),
      secret: secret.replaceAll(/(.{4})(?=.)/g, '$1 '),
      uri,
      pictureHref: paths.desk.codePicture(),
      isRequired: !desk.session.isComplete,
      faults,
      passkey: {
        ...(await newPasskeyView(ctx, desk, fieldsOf(req)['name'])),
        action: paths.desk.setUpPasskey(),
        faults,
      },
    },
    {
      status: fault === null ? 200 : 422,
      title: t('desk.set-up.heading'),
      hasFaults: fault !== null,
    },
  )
}

/** For code apps to scan. */
function picture(ctx: Context, res: Response, desk: Desk): void {
  if (mayNotSetUp(desk)) throw new NotFound()
  const { uri } = offeredCode(ctx, desk.session)
  res.type('svg').send(encodeQR(uri, 'svg'))
}

async function setUp(ctx: Context, req: Request, res: Response, desk: Desk): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  if (mayNotSetUp(desk)) return res.redirect(303, paths.desk.secondFactor())
  const codes = await setUpCode(ctx, desk.session, typedCode(req))
  if (codes === null) {
    const fault = { field: 'second_factor', message: t('desk.fault.code') }
    return offer(ctx, req, res, desk, fault)
  }
  sendCodes(ctx, req, res, desk, codes)
}

/** A passkey is enough; for a lost device there are the recovery codes. */
async function setUpByPasskey(ctx: Context, req: Request, res: Response, desk: Desk) {
  const { t, paths } = speaking(ctx, res)
  if (mayNotSetUp(desk)) return res.redirect(303, paths.desk.secondFactor())
  const { passkey: typed = '', name = '' } = fieldsOf(req)
  const named = passkeyName(name, t)
  if (!named.ok) return offer(ctx, req, res, desk, named.fault)
  const codes = await setUpPasskey(ctx, desk.session, { typed, name: named.value })
  if (codes !== null) return sendCodes(ctx, req, res, desk, codes)
  await offer(ctx, req, res, desk, { field: 'name', message: t('desk.fault.passkey') })
}

function sendCodes(ctx: Context, req: Request, res: Response, desk: Desk, codes: string[]): void {
  const { t, paths } = speaking(ctx, res)
  const view = { codes, onHref: paths.desk.home() }
  sendDeskPage(ctx, req, res, desk, 'desk/recovery-codes', view, { title: t('desk.codes.heading') })
}
