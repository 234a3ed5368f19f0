// Page: one's own passkeys. Only after the second factor was shown once more.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { Desk, DeskRoute } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { fieldsOf } from '../http/fields.ts'
import type { Fault } from '../http/page.ts'
import { speaking } from '../http/respond.ts'
import type { Translate } from '../languages/languages.ts'
import { checkLine } from '../text/names.ts'
import { addPasskey, offerPasskey, passkeysOf, removePasskey } from './passkeys.ts'

const longestName = 60

export function passkeyRoutes(ctx: Context): DeskRoute[] {
  const path = '/desk/account/passkeys'
  return [
    {
      method: 'get',
      path,
      needs: 'person',
      isFresh: true,
      handle: (req, res, desk) => show(ctx, req, res, desk, []),
    },
    {
      method: 'post',
      path,
      needs: 'person',
      isFresh: true,
      handle: (req, res, desk) => change(ctx, req, res, desk),
    },
  ]
}

async function show(
  ctx: Context,
  req: Request,
  res: Response,
  desk: Desk,
  faults: Fault[],
): Promise<void> {
  const { t, paths, format } = speaking(ctx, res)
  const { coordinator } = desk
  const own = await passkeysOf(ctx, coordinator.id)
  const hasFaults = faults.length > 0
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'desk/passkeys',
    {
      action: paths.desk.passkeys(),
      passkeys: own.map(({ id, name, createdAt }) => ({ id, name, since: format.day(createdAt) })),
      ...(await newPasskeyView(ctx, desk, fieldsOf(req)['name'])),
      faults,
    },
    { status: hasFaults ? 422 : 200, title: t('desk.passkeys'), hasFaults },
  )
}

type Named = { ok: true; value: string } | { ok: false; fault: Fault }

export function passkeyName(typed: string, t: Translate): Named {
  const line = checkLine(typed, longestName)
  if (line.ok && line.value !== '') return { ok: true, value: line.value }
  const args = { field: t('desk.passkeys.name'), longest: longestName }
  const message = line.ok ? t('desk.fault.name') : t(`fault.text.${line.fault}`, args)
  return { ok: false, fault: { field: 'name', message } }
}

/** What the form for a new one needs. */
export async function newPasskeyView(ctx: Context, { session, coordinator }: Desk, name = '') {
  const { id, email, name: displayName } = coordinator
  return {
    offer: await offerPasskey(ctx, session, { isNew: true }),
    person: { id, email, name: displayName },
    values: { name },
  }
}

async function change(ctx: Context, req: Request, res: Response, desk: Desk): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  const { remove, passkey = '', name = '' } = fieldsOf(req)
  if (remove !== undefined) {
    if (await removePasskey(ctx, desk.session, remove)) {
      return res.redirect(303, paths.desk.passkeys())
    }
    return show(ctx, req, res, desk, [{ field: 'passkeys', message: t('desk.fault.last-passkey') }])
  }
  const named = passkeyName(name, t)
  if (!named.ok) return show(ctx, req, res, desk, [named.fault])
  const isAdded = await addPasskey(ctx, desk.session, { typed: passkey, name: named.value })
  if (isAdded) return res.redirect(303, paths.desk.passkeys())
  await show(ctx, req, res, desk, [{ field: 'name', message: t('desk.fault.passkey') }])
}
