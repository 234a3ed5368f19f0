// Page: one's own account: second factor, and where one is signed in.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { Desk, DeskRoute } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { fieldsOf } from '../http/fields.ts'
import { speaking } from '../http/respond.ts'
import { countRecoveryCodes } from './factor-store.ts'
import { passkeysOf } from './passkeys.ts'
import { deleteOtherSessions, deleteSession, listSessions } from './session-store.ts'
import { isOver } from './sessions.ts'

export function accountRoutes(ctx: Context): DeskRoute[] {
  return [
    {
      method: 'get',
      path: '/desk/account',
      needs: 'person',
      handle: (req, res, desk) => account(ctx, req, res, desk),
    },
    {
      method: 'post',
      path: '/desk/account/sessions',
      needs: 'person',
      async handle(req, res, { session, coordinator }) {
        const { end } = fieldsOf(req)
        if (end === 'others') await deleteOtherSessions(ctx.db, coordinator.id, session.id)
        else await deleteSession(ctx.db, coordinator.id, end ?? '')
        res.redirect(303, speaking(ctx, res).paths.desk.account())
      },
    },
  ]
}

async function account(ctx: Context, req: Request, res: Response, desk: Desk): Promise<void> {
  const { t, paths, format } = speaking(ctx, res)
  const { coordinator, session } = desk
  const now = ctx.clock.now()
  const sessions = await listSessions(ctx.db, coordinator.id)
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'desk/account',
    {
      name: coordinator.name,
      email: coordinator.email,
      role: coordinator.role,
      hasCode: coordinator.hasCode,
      hasFactor: coordinator.hasFactor,
      recoveryCodes: await countRecoveryCodes(ctx.db, coordinator.id),
      passkeys: (await passkeysOf(ctx, coordinator.id)).length,
      setUpHref: paths.desk.setUpCode(),
      endAction: `${paths.desk.account()}/sessions`,
      sessions: sessions
        .filter((row) => !isOver(row, now))
        .map(({ id, browser, created_at, seen_at }) => ({
          id,
          browser,
          since: format.time(created_at),
          seen: format.time(seen_at),
          isThis: id === session.id,
        })),
    },
    { title: t('desk.account') },
  )
}
