// Page of the desk: the editions of a statement, and making one.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { fieldsOf } from '../http/fields.ts'
import { speaking } from '../http/respond.ts'
import { listBriefly } from './list-briefly.ts'
import { makeEdition } from './make-edition.ts'

const path = '/desk/statements/:slug/editions'
const needs = 'coordinate'

export function editionRoutes(ctx: Context): DeskRoute[] {
  return [
    { method: 'get', path, needs, handle: (req, res, desk) => show(ctx, req, res, desk) },
    { method: 'post', path, needs, handle: (req, res, desk) => make(ctx, req, res, desk) },
  ]
}

async function show(ctx: Context, req: Request, res: Response, desk: StatementDesk): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  const editions = await listBriefly(ctx.db, desk.statement, paths)
  const view = {
    action: paths.desk.of(desk.statement.slug, 'editions'),
    publicHref: paths.editions(desk.statement.slug),
    newest: editions[0]?.number ?? 0,
    editions,
  }
  sendDeskPage(ctx, req, res, desk, 'editions/desk', view, { title: t('desk.page.editions') })
}

/** Pressed twice, or by two at once: the form knows which edition was the newest, so one is made. */
async function make(ctx: Context, req: Request, res: Response, desk: StatementDesk): Promise<void> {
  const { paths } = speaking(ctx, res)
  const { statement, coordinator } = desk
  const newest = Number(fieldsOf(req)['newest'])
  const how = { reason: 'on-demand', actor: coordinator.id } as const
  await makeEdition(ctx, statement.id, how, ([last]) => (last?.number ?? 0) === newest)
  res.redirect(303, paths.desk.of(statement.slug, 'editions'))
}
