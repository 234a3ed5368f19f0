// Page: the entries that wait for a decision, with one form that decides on all that are ticked.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { fieldsOf } from '../http/fields.ts'
import { pageNumber, pagingOf, textParam } from '../http/query.ts'
import { speaking } from '../http/respond.ts'
import { decideAll, look, undo } from './decide.ts'
import { decisions, reasons } from './decision.ts'
import { readQueue, type Shelf, shelvesOf } from './queue.ts'
import { readPicked, readReviewValues, readVerdict, type ReviewValues } from './review-form.ts'
import { entryView, recentView } from './review-views.ts'

const perPage = 20
const nothingTyped: ReviewValues = {
  decision: '',
  reason: '',
  note: '',
  answer: '',
  tell: 'yes',
}

/** What is said at the top of the page after a form. */
interface Said {
  values: ReviewValues
  /** ids that stay ticked */
  ticked: string[]
  faults: { field: string; message: string }[]
  status: number
}

const nothingSaid: Said = { values: nothingTyped, ticked: [], faults: [], status: 200 }

export function reviewRoutes(ctx: Context): DeskRoute[] {
  const path = '/desk/statements/:slug/review'
  return [
    {
      method: 'get',
      path,
      needs: 'coordinate',
      handle: (req, res, desk) => queue(ctx, req, res, desk, nothingSaid),
    },
    {
      method: 'post',
      path,
      needs: 'coordinate',
      handle: (req, res, desk) => decideOnTicked(ctx, req, res, desk),
    },
    {
      method: 'post',
      path: `${path}/look`,
      needs: 'coordinate',
      handle: (req, res, desk) => lookAt(ctx, req, res, desk),
    },
    {
      method: 'post',
      path: `${path}/undo`,
      needs: 'coordinate',
      handle: (req, res, desk) => takeBack(ctx, req, res, desk),
    },
  ]
}

function shelfIn({ clock }: Context, req: Request, { statement }: StatementDesk): Shelf {
  const wanted = fieldsOf(req)['show'] ?? textParam(req, 'show')
  const found = shelvesOf(statement, clock.now())
  return found.find((shelf) => shelf === wanted) ?? 'waiting'
}

async function queue(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  said: Said,
): Promise<void> {
  const { t, format, paths } = speaking(ctx, res)
  const { statement, coordinator } = desk
  const shelf = shelfIn(ctx, req, desk)
  const page = pageNumber(req)
  const found = await readQueue(ctx, statement, coordinator.id, { shelf, page, perPage })
  const href = (show: Shelf, n?: number) =>
    paths.desk.of(statement.slug, 'review', { show, ...(n === undefined ? {} : { page: n }) })
  const done = fieldsOf(req)['done'] ?? textParam(req, 'done')
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'review/queue',
    {
      action: paths.desk.of(statement.slug, 'review'),
      lookAction: paths.desk.of(statement.slug, 'review/look'),
      undoAction: paths.desk.of(statement.slug, 'review/undo'),
      shelf,
      shelves: shelvesOf(statement, ctx.clock.now()).map((each) => ({
        shelf: each,
        href: href(each),
        isCurrent: each === shelf,
      })),
      entries: found.entries.map((each) =>
        entryView(ctx, format, each, said.ticked.includes(each.endorsement.id)),
      ),
      recent: found.recent.map(({ review, about }) => recentView(ctx, format, review, about)),
      paging: pagingOf(page, perPage, found.total, (n) => href(shelf, n)),
      decisions,
      reasons,
      values: said.values,
      hasReports: found.entries.some(({ reports }) => reports.length > 0),
      faults: said.faults,
      done: /^\d{1,4}$/.test(done) ? Number(done) : null,
    },
    {
      status: said.status,
      title: t('desk.page.review'),
      hasFaults: said.faults.length > 0,
    },
  )
}

async function decideOnTicked(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  const values = readReviewValues(fieldsOf(req))
  const picked = readPicked(fieldsOf(req))
  const read = readVerdict(values, picked)
  const ticked = picked.map(({ id }) => id)
  if (!read.ok) {
    const faults = read.faults.map(({ field, message }) => ({ field, message: t(message) }))
    return queue(ctx, req, res, desk, { values, ticked, faults, status: 422 })
  }
  const { done, changed } = await decideAll(ctx, desk, picked, read.verdict)
  if (changed.length > 0) {
    const message = t('desk.review.fault.changed', { n: changed.length })
    const faults = [{ field: 'recent', message }]
    return queue(ctx, req, res, desk, { values, ticked: changed, faults, status: 409 })
  }
  const show = shelfIn(ctx, req, desk)
  res.redirect(303, paths.desk.of(desk.statement.slug, 'review', { show, done }))
}

async function lookAt(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
): Promise<void> {
  await look(ctx, desk, fieldsOf(req)['entry'] ?? '')
  const values = readReviewValues(fieldsOf(req))
  const ticked = readPicked(fieldsOf(req)).map(({ id }) => id)
  // what was typed and ticked so far stays
  await queue(ctx, req, res, desk, { values, ticked, faults: [], status: 200 })
}

async function takeBack(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  const undone = await undo(ctx, desk, fieldsOf(req)['review'] ?? '')
  if (undone === 'undone') {
    return res.redirect(303, paths.desk.of(desk.statement.slug, 'review'))
  }
  const faults = [{ field: 'recent', message: t('desk.review.fault.undo') }]
  return queue(ctx, req, res, desk, { ...nothingSaid, faults, status: 409 })
}
