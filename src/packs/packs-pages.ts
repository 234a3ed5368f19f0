// Page of the desk: packs, to hand over and for the United Nations. By POST and with a second factor,
// because making one may make an edition, and who took a copy is written down.
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { fieldsOf } from '../http/fields.ts'
import { speaking } from '../http/respond.ts'
import { statusAt } from '../statements/stored-statement.ts'
import { readStatuses } from './ecosoc-store.ts'
import { openPack } from './open-pack.ts'
import { packKinds } from './pack.ts'

const path = '/desk/statements/:slug/packs'
const needs = 'coordinate'

export function packRoutes(ctx: Context): DeskRoute[] {
  return [
    { method: 'get', path, needs, handle: (req, res, desk) => offer(ctx, req, res, desk) },
    {
      method: 'post',
      path,
      needs,
      isFresh: true,
      handle: (req, res, desk) => hand(ctx, req, res, desk),
    },
  ]
}

async function offer(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  const { statement } = desk
  const view = {
    action: paths.desk.of(statement.slug, 'packs'),
    isDraft: statusAt(statement, ctx.clock.now()) === 'draft',
    hasPdf: ctx.config.hasPdf,
    statuses: (await readStatuses(ctx.db, statement.id)).size,
    ecosocHref: paths.desk.of(statement.slug, 'ecosoc'),
  }
  sendDeskPage(ctx, req, res, desk, 'packs/desk', view, { title: t('desk.page.packs') })
}

async function hand(ctx: Context, req: Request, res: Response, desk: StatementDesk): Promise<void> {
  const { paths } = speaking(ctx, res)
  const { statement, coordinator } = desk
  const { kind: asked } = fieldsOf(req)
  const kind = packKinds.find((each) => each === asked)
  if (!kind) return res.redirect(303, paths.desk.of(statement.slug, 'packs'))
  const actor = coordinator.id
  const opened = await openPack(ctx, statement.id, { kind, actor, tell: () => {} })
  switch (opened.is) {
    case 'draft':
      return res.redirect(303, paths.desk.of(statement.slug, 'packs'))
    case 'busy':
      throw Object.assign(new Error('too many PDF files at once'), { status: 503 })
    case 'made':
      res.attachment(opened.fileName).type('application/zip')
      await pipeline(opened.pieces, res).catch((fault: unknown) => {
        // the reader left: nothing to answer any more
        if ((fault as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw fault
      })
  }
}
