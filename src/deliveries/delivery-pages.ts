// Page of the desk: to whom a statement was handed over, and what came back.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { fieldsOf } from '../http/fields.ts'
import { speaking } from '../http/respond.ts'
import { languages } from '../languages/languages.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { deliveryKinds } from './delivery.ts'
import {
  type DeliveryFault,
  type DeliveryValues,
  readDelivery,
  readDeliveryValues,
} from './delivery-form.ts'
import { mayRecord, recordDelivery, removeDelivery } from './record-delivery.ts'
import { timelineOf } from './timeline.ts'

const path = '/desk/statements/:slug/delivery'

export function deliveryRoutes(ctx: Context): DeskRoute[] {
  return [
    {
      method: 'get',
      path,
      needs: 'read',
      handle: (req, res, desk) => sendDelivery(ctx, req, res, desk, emptyOf(desk), []),
    },
    {
      method: 'post',
      path,
      needs: 'coordinate',
      isFresh: true,
      handle: (req, res, desk) => change(ctx, req, res, desk),
    },
  ]
}

function emptyOf({ statement }: StatementDesk): DeliveryValues {
  const kind = statement.deliveredAt === null ? 'delivered' : 'acknowledged'
  return { ...readDeliveryValues({}), kind, language: statement.authoritative }
}

const languagesOf = ({ authoritative }: Statement) => [
  ...new Set([authoritative, ...languages.map(({ code }) => code)]),
]

async function sendDelivery(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  values: DeliveryValues,
  faults: DeliveryFault[],
): Promise<void> {
  const { t, paths, format } = speaking(ctx, res)
  const { statement, may } = desk
  const hasFaults = faults.length > 0
  const view = {
    action: paths.desk.of(statement.slug, 'delivery'),
    publicHref: paths.statement(statement.slug),
    timeline: await timelineOf(ctx, statement.id, format),
    mayChange: may.coordinate,
    isClosed: mayRecord(statement, ctx.clock.now()),
    isFirst: statement.deliveredAt === null,
    kinds: deliveryKinds,
    languages: languagesOf(statement),
    values,
    faults: faults.map(({ field, message }) => ({ field, message: t(message) })),
  }
  const status = hasFaults ? 422 : 200
  const title = t('desk.page.delivery')
  sendDeskPage(ctx, req, res, desk, 'deliveries/desk', view, { status, title, hasFaults })
}

async function change(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
): Promise<void> {
  const { paths } = speaking(ctx, res)
  const { statement, coordinator } = desk
  const fields = fieldsOf(req)
  const back = () => res.redirect(303, paths.desk.of(statement.slug, 'delivery'))
  if (fields['remove'] !== undefined) {
    await removeDelivery(ctx, statement, fields['remove'], coordinator.id)
    return back()
  }
  const values = readDeliveryValues(fields)
  const read = readDelivery(values, languagesOf(statement), ctx.clock.now())
  if (!read.ok) return sendDelivery(ctx, req, res, desk, values, read.faults)
  const recorded = await recordDelivery(ctx, statement, read.value, coordinator.id)
  if (recorded === 'recorded') return back()
  const fault = { field: 'kind', message: 'desk.delivery.fault.open' } as const
  return sendDelivery(ctx, req, res, desk, values, [fault])
}
