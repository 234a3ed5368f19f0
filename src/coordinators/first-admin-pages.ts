// Pages: the first admin says who they are, and is signed in.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import { setCookie } from '../desk/cookie.ts'
import type { DeskRoute } from '../desk/desk.ts'
import { NotFound } from '../http/errors.ts'
import { fieldsOf } from '../http/fields.ts'
import { sendPage, speaking } from '../http/respond.ts'
import { browserOf } from './browser.ts'
import { addFirstAdmin, firstAdminToken, isFirstAdminToken } from './first-admin.ts'
import {
  type PersonFault,
  type PersonValues,
  readPerson,
  readPersonValues,
  toldFaults,
} from './people-form.ts'
import { signIn } from './sign-in.ts'

export function firstAdminRoutes(ctx: Context): DeskRoute[] {
  const path = '/desk/first/:token'
  return [
    {
      method: 'get',
      path,
      needs: 'visitor',
      async handle(req, res) {
        // the old link from the terminal: who began with it signs in now
        if ((await firstAdminToken(ctx)) === null) {
          return res.redirect(303, speaking(ctx, res).paths.desk.signIn())
        }
        await onlyWithToken(ctx, req)
        ask(ctx, req, res, readPersonValues({}), [])
      },
    },
    { method: 'post', path, needs: 'visitor', handle: (req, res) => begin(ctx, req, res) },
  ]
}

const tokenOf = (req: Request) => String(req.params['token'])

async function onlyWithToken(ctx: Context, req: Request): Promise<void> {
  if (!(await isFirstAdminToken(ctx, tokenOf(req)))) throw new NotFound()
}

function ask(
  ctx: Context,
  req: Request,
  res: Response,
  values: PersonValues,
  faults: PersonFault[],
): void {
  const { t, paths } = speaking(ctx, res)
  const hasFaults = faults.length > 0
  sendPage(
    ctx,
    req,
    res,
    'desk/first-admin',
    {
      action: paths.desk.first(tokenOf(req)),
      values,
      faults: toldFaults(faults, t),
    },
    { status: hasFaults ? 422 : 200, title: t('desk.first.heading'), isPrivate: true, hasFaults },
  )
}

async function begin(ctx: Context, req: Request, res: Response): Promise<void> {
  await onlyWithToken(ctx, req)
  const { language, paths } = speaking(ctx, res)
  const values = { ...readPersonValues(fieldsOf(req)), role: 'admin' }
  const read = readPerson(values)
  if (!read.ok) return ask(ctx, req, res, values, read.faults)
  const token = await addFirstAdmin(ctx, read.value, language)
  const session = token && (await signIn(ctx, token, browserOf(req.get('user-agent') ?? '')))
  if (session === null || session === '') throw new NotFound()
  setCookie(res, ctx.config, session)
  res.redirect(303, paths.desk.home())
}
