// "Is it still you?": the second factor once more before what cannot be undone. What was typed comes
// along as hidden fields, so nothing is lost.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import { offerPasskey } from '../coordinators/passkeys.ts'
import { fieldsOf } from '../http/fields.ts'
import { speaking } from '../http/respond.ts'
import type { Desk } from './desk.ts'
import { formKeyField } from './form-key.ts'
import { sendDeskPage } from './send.ts'

const own = new Set([formKeyField, 'second_factor', 'passkey'])

export async function askForSecondFactor(
  ctx: Context,
  req: Request,
  res: Response,
  desk: Desk,
  isWrong: boolean,
): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  const isReading = req.method === 'GET' || req.method === 'HEAD'
  const typed = Object.entries(fieldsOf(req))
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'desk/ask-again',
    {
      // a page that was only opened is opened again afterwards
      action: isReading ? paths.desk.secondFactor(req.originalUrl) : req.originalUrl,
      typed: typed.filter(([name]) => !own.has(name)).map(([name, value]) => ({ name, value })),
      faults: isWrong ? [{ field: 'second_factor', message: t('desk.fault.code') }] : [],
      hasFactor: desk.coordinator.hasFactor,
      offer: await offerPasskey(ctx, desk.session, { isNew: false }),
      setUpHref: paths.desk.setUpCode(),
    },
    { status: isWrong ? 422 : 403, title: t('desk.ask-again.heading'), hasFaults: isWrong },
  )
}
