// Page: more time to sign, or the end of it.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { fieldsOf } from '../http/fields.ts'
import { speaking } from '../http/respond.ts'
import { extendDeadline, type Extended, mayExtend } from '../statements/extend-deadline.ts'
import { findStatement } from '../statements/find-statement.ts'
import { closeStatement, openStatement } from '../statements/open-and-close.ts'
import { endOf, type Statement, statusAt } from '../statements/stored-statement.ts'
import { type EditorFault, timeFault } from './field-faults.ts'
import {
  readTime,
  shownTime,
  type TimeValues,
  typedTime,
  writtenTime,
  zoneNames,
} from './time-fields.ts'

export function deadlineRoutes(ctx: Context): DeskRoute[] {
  const path = '/desk/statements/:slug/deadline'
  return [
    {
      method: 'get',
      path,
      needs: 'coordinate',
      handle: (req, res, desk) => {
        const values = shownTime('closes', desk.statement.closesAt)
        deadlinePage(ctx, req, res, desk, { values, faults: [] })
      },
    },
    {
      method: 'post',
      path,
      needs: 'coordinate',
      handle: (req, res, desk) => change(ctx, req, res, desk),
    },
  ]
}

interface Shown {
  values: TimeValues
  faults: EditorFault[]
}

function deadlinePage(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  { values, faults }: Shown,
): void {
  const { t, paths } = speaking(ctx, res)
  const { statement } = desk
  const now = ctx.clock.now()
  const status = statusAt(statement, now)
  const hasFaults = faults.length > 0
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'editor/deadline',
    {
      action: paths.desk.of(statement.slug, 'deadline'),
      settingsHref: paths.desk.of(statement.slug, 'settings'),
      values,
      faults: faults.map(({ field, message, args }) => ({ field, message: t(message, args) })),
      status,
      closesAt: endOf(statement),
      madeFrom: endOf(statement)?.instant ?? '',
      mayExtend: mayExtend(statement, now),
      mayClose: status === 'open',
      mayReopen: mayReopen(statement, now),
      zones: zoneNames(),
    },
    { status: hasFaults ? 422 : 200, title: t('desk.page.deadline'), hasFaults },
  )
}

/** Closed by hand, with time left. */
function mayReopen(statement: Statement, now: Date): boolean {
  const { closesAt } = statement
  const isOver = closesAt !== null && closesAt.instant <= now.toISOString()
  return statusAt(statement, now) === 'closed' && !isOver && mayExtend(statement, now)
}

async function change(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
): Promise<void> {
  const { paths } = speaking(ctx, res)
  const { statement, coordinator } = desk
  const { slug } = statement
  const typed = fieldsOf(req)
  const values = typedTime('closes', typed)
  const fault = await faultOf(ctx, statement, typed, values, coordinator.id)
  if (fault === null) return res.redirect(303, paths.desk.of(slug, 'deadline'))
  const now = (await findStatement(ctx.db, slug)) ?? statement
  deadlinePage(ctx, req, res, { ...desk, statement: now }, { values, faults: [fault] })
}

async function faultOf(
  ctx: Context,
  statement: Statement,
  typed: Partial<Record<string, string>>,
  values: TimeValues,
  actor: string,
): Promise<EditorFault | null> {
  const { slug } = statement
  if (typed['do'] === 'close') {
    await closeStatement(ctx, slug, actor)
    return null
  }
  if (typed['do'] === 'reopen') {
    if (mayReopen(statement, ctx.clock.now())) await openStatement(ctx, slug, actor)
    return null
  }
  const closesAt = readTime('closes', values)
  if (closesAt === null) return timeFault('closes', writtenTime('closes', values))
  return explained(await extendDeadline(ctx, slug, closesAt, typed['made_from'] ?? '', actor))
}

function explained(extended: Extended): EditorFault | null {
  const field = 'closes_date'
  switch (extended) {
    case 'extended':
    case 'not-found':
      return null
    case 'not-later':
      return { field, message: 'editor.fault.not-later' }
    case 'collided':
      return { field, message: 'editor.fault.deadline-moved' }
    case 'ended':
      return { field, message: 'editor.fault.ended' }
  }
}
