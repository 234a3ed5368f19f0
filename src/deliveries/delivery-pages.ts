// Page of the desk: to whom a statement was handed over, and what came back.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { type Fields, fieldsOf } from '../http/fields.ts'
import { textParam } from '../http/query.ts'
import { speaking } from '../http/respond.ts'
import { languages } from '../languages/languages.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { type Delivery, deliveryKinds } from './delivery.ts'
import {
  type DeliveryFault,
  type DeliveryValues,
  readDelivery,
  readDeliveryValues,
  valuesOf,
} from './delivery-form.ts'
import { listDeliveries } from './delivery-store.ts'
import { changeFiles } from './file-pages.ts'
import { largestFile } from './files.ts'
import { changeDelivery, mayRecord, recordDelivery, removeDelivery } from './record-delivery.ts'
import { timelineOf } from './timeline.ts'

const path = '/desk/statements/:slug/delivery'

export function deliveryRoutes(ctx: Context): DeskRoute[] {
  return [
    {
      method: 'get',
      path,
      needs: 'read',
      handle: (req, res, desk) => show(ctx, req, res, desk),
    },
    {
      method: 'post',
      path,
      needs: 'coordinate',
      isFresh: true,
      handle: (req, res, desk) => change(ctx, req, res, desk),
    },
    {
      method: 'post',
      path: `${path}/files`,
      needs: 'coordinate',
      isFresh: true,
      takesFile: true,
      handle: (req, res, desk) => files(ctx, req, res, desk),
    },
  ]
}

function emptyOf({ statement }: StatementDesk): DeliveryValues {
  const kind = statement.deliveredAt === null ? 'delivered' : 'acknowledged'
  return { ...readDeliveryValues({}), kind, language: statement.authoritative }
}

/** `?entry=…` is the one to correct. */
async function show(ctx: Context, req: Request, res: Response, desk: StatementDesk): Promise<void> {
  const asked = textParam(req, 'entry')
  const entries = asked === '' ? [] : await listDeliveries(ctx.db, desk.statement.id)
  const found = desk.may.coordinate ? entries.find(({ id }) => id === asked) : undefined
  const typed = found ? { values: valuesOf(found), entry: found } : { values: emptyOf(desk) }
  return sendDelivery(ctx, req, res, desk, typed)
}

async function files(ctx: Context, req: Request, res: Response, desk: StatementDesk) {
  const message = await changeFiles(ctx, req, res, desk)
  if (message === null) return
  const faults: DeliveryFault[] = [{ field: 'file', message }]
  return sendDelivery(ctx, req, res, desk, { values: emptyOf(desk), faults })
}

interface Typed {
  values: DeliveryValues
  /** the entry that it corrects; a new one without */
  entry?: Pick<Delivery, 'id' | 'revision'>
  faults?: DeliveryFault[]
  hasCollided?: boolean
}

const languagesOf = ({ authoritative }: Statement) => [
  ...new Set([authoritative, ...languages.map(({ code }) => code)]),
]

async function sendDelivery(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  { values, entry, faults = [], hasCollided = false }: Typed,
): Promise<void> {
  const { t, paths, format } = speaking(ctx, res)
  const { statement, may } = desk
  const hasFaults = faults.length > 0
  const view = {
    action: paths.desk.of(statement.slug, 'delivery'),
    filesAction: paths.desk.of(statement.slug, 'delivery/files'),
    megabytes: largestFile / 1_000_000,
    publicHref: paths.statement(statement.slug),
    timeline: await timelineOf(ctx, statement, format, paths),
    mayChange: may.coordinate,
    isClosed: mayRecord(statement, ctx.clock.now()),
    isFirst: statement.deliveredAt === null,
    kinds: deliveryKinds,
    languages: languagesOf(statement),
    values,
    entry: entry ?? null,
    faults: faults.map(({ field, message }) => ({ field, message: t(message) })),
  }
  const status = hasCollided ? 409 : hasFaults ? 422 : 200
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
  const entry = entryIn(fields)
  const again = entry === null ? { values } : { values, entry }
  if (!read.ok) return sendDelivery(ctx, req, res, desk, { ...again, faults: read.faults })
  if (entry !== null) {
    const delivery = { ...read.value, ...entry }
    if (await changeDelivery(ctx, statement, delivery, coordinator.id)) return back()
    return sendCollided(ctx, req, res, desk, values, entry.id)
  }
  const recorded = await recordDelivery(ctx, statement, read.value, coordinator.id)
  if (recorded === 'recorded') return back()
  const fault = { field: 'kind', message: 'desk.delivery.fault.open' } as const
  return sendDelivery(ctx, req, res, desk, { values, faults: [fault] })
}

function entryIn({ entry, revision }: Fields): Pick<Delivery, 'id' | 'revision'> | null {
  return entry === undefined || entry === '' ? null : { id: entry, revision: Number(revision) || 0 }
}

/** What was typed is offered again, for the entry as it is now; the timeline above shows that. */
async function sendCollided(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  values: DeliveryValues,
  id: string,
): Promise<void> {
  const now = (await listDeliveries(ctx.db, desk.statement.id)).find((each) => each.id === id)
  const faults = [{ field: 'kind', message: 'desk.delivery.fault.changed' } as const]
  const typed = { values, faults, hasCollided: true, ...(now ? { entry: now } : {}) }
  return sendDelivery(ctx, req, res, desk, typed)
}
