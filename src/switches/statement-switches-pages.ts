// Page: pausing signing of one statement, and hiding its names (the panic switch).
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { hideNames } from '../endorsements/hide-names.ts'
import { fieldsOf } from '../http/fields.ts'
import type { Fault } from '../http/page.ts'
import { speaking } from '../http/respond.ts'
import { pauseSigning, resumeSigning } from '../statements/pause.ts'
import { namesHiddenOf, statusAt } from '../statements/stored-statement.ts'

export function statementSwitchesRoutes(ctx: Context): DeskRoute[] {
  const path = '/desk/statements/:slug/switches'
  const needs = 'coordinate'
  return [
    { method: 'get', path, needs, handle: (req, res, desk) => show(ctx, req, res, desk) },
    { method: 'post', path, needs, handle: (req, res, desk) => turn(ctx, req, res, desk) },
    {
      method: 'post',
      path: '/desk/statements/:slug/hide-names',
      needs,
      isFresh: true,
      handle: (req, res, desk) => hide(ctx, req, res, desk),
    },
  ]
}

interface Told {
  faults?: Fault[]
  /** somebody else was faster */
  isTooLate?: boolean
}

function show(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  { faults = [], isTooLate = false }: Told = {},
): void {
  const { t, paths } = speaking(ctx, res)
  const { statement } = desk
  const hasFaults = faults.length > 0
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'desk/switches',
    {
      action: paths.desk.of(statement.slug, 'switches'),
      hideAction: paths.desk.of(statement.slug, 'hide-names'),
      isOpen: statusAt(statement, ctx.clock.now()) === 'open',
      pausedAt: statement.pausedAt,
      hasDeadline: statement.closesAt !== null,
      namesHidden: namesHiddenOf(statement),
      whose: fieldsOf(req)['whose'] ?? 'individuals',
      isTooLate,
      faults,
    },
    {
      status: hasFaults ? 422 : isTooLate ? 409 : 200,
      title: t('desk.page.switches'),
      hasFaults,
    },
  )
}

async function turn(ctx: Context, req: Request, res: Response, desk: StatementDesk): Promise<void> {
  const { paths } = speaking(ctx, res)
  const { slug } = desk.statement
  const actor = desk.coordinator.id
  const { turn: wanted = '' } = fieldsOf(req)
  const isDone =
    wanted === 'pause'
      ? (await pauseSigning(ctx, slug, actor)) === 'paused'
      : (await resumeSigning(ctx, slug, wanted === 'extend', actor)).outcome === 'resumed'
  if (!isDone) return show(ctx, req, res, desk, { isTooLate: true })
  res.redirect(303, paths.desk.of(slug, 'switches'))
}

/** Nobody but each endorser can undo it (product.md P-2), so it is ticked by hand. */
async function hide(ctx: Context, req: Request, res: Response, desk: StatementDesk): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  const { whose, sure } = fieldsOf(req)
  if (sure !== 'yes') {
    const faults = [{ field: 'sure', message: t('desk.hide.fault') }]
    return show(ctx, req, res, desk, { faults })
  }
  const { slug } = desk.statement
  await hideNames(ctx, slug, whose === 'everyone' ? 'everyone' : 'individuals', desk.coordinator.id)
  res.redirect(303, paths.desk.of(slug, 'switches'))
}
