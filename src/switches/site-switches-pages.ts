// Page: what an admin can turn off for the whole site.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { Desk, DeskRoute } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { fieldsOf } from '../http/fields.ts'
import { speaking } from '../http/respond.ts'
import { switchesOff, switchOff, switchOn } from './switches.ts'
import { isSwitchName, switchNames } from './tables.ts'

export function siteSwitchesRoutes(ctx: Context): DeskRoute[] {
  const path = '/desk/site'
  return [
    {
      method: 'get',
      path,
      needs: 'admin',
      handle: (req, res, desk) => show(ctx, req, res, desk, false),
    },
    {
      method: 'post',
      path,
      needs: 'admin',
      isFresh: true,
      handle: (req, res, desk) => turn(ctx, req, res, desk),
    },
  ]
}

async function show(
  ctx: Context,
  req: Request,
  res: Response,
  desk: Desk,
  isTooLate: boolean,
): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  const off = await switchesOff(ctx.db)
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'desk/site',
    {
      action: paths.desk.site(),
      isTooLate,
      switches: switchNames.map((name) => ({ name, since: off.get(name) ?? null })),
    },
    { status: isTooLate ? 409 : 200, title: t('desk.site') },
  )
}

async function turn(ctx: Context, req: Request, res: Response, desk: Desk): Promise<void> {
  const { paths } = speaking(ctx, res)
  const { what = '', turn: wanted = '' } = fieldsOf(req)
  const isDone = isSwitchName(what) && (await turnOne(ctx, what, wanted, desk.coordinator.id))
  if (!isDone) return show(ctx, req, res, desk, true)
  res.redirect(303, paths.desk.site())
}

async function turnOne(
  ctx: Context,
  what: (typeof switchNames)[number],
  wanted: string,
  actor: string,
): Promise<boolean> {
  if (wanted === 'off') return switchOff(ctx, what, actor)
  // who could not sign gets the time back, unless only mails waited
  const isExtending = wanted === 'extend' && what !== 'mail'
  return (await switchOn(ctx, what, isExtending, actor)).wasOff
}
