// Page: taking a copy of the list with what only coordinators may see. By POST, because who took a
// copy is written down, and with a second factor, because it is personal data.
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import { recordCopy } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { listFormats } from '../documents/formats.ts'
import { fieldsOf } from '../http/fields.ts'
import { speaking } from '../http/respond.ts'
import { internalCsv, internalJson } from './internal-list.ts'

export function exportRoutes(ctx: Context): DeskRoute[] {
  const path = '/desk/statements/:slug/export'
  const needs = 'coordinate'
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

function offer(ctx: Context, req: Request, res: Response, desk: StatementDesk): void {
  const { t, paths } = speaking(ctx, res)
  const { slug } = desk.statement
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'desk/export',
    {
      action: paths.desk.of(slug, 'export'),
      files: listFormats.map((kind) => ({
        label: `statement.download-${kind}`,
        href: paths.signatoriesFile(slug, kind),
      })),
    },
    { title: t('desk.page.export') },
  )
}

async function hand(ctx: Context, req: Request, res: Response, desk: StatementDesk): Promise<void> {
  const { format } = speaking(ctx, res)
  const { statement, coordinator } = desk
  const kind = fieldsOf(req)['format'] === 'json' ? 'json' : 'csv'
  await recordCopy(ctx, {
    actor: coordinator.id,
    action: 'list exported',
    subject: statement.slug,
    detail: { format: kind, internal: true },
  })
  const list = { statement, countryName: (code: string) => format.country(code) }
  res.attachment(`${statement.slug}-internal.${kind}`).type(kind)
  const lines = kind === 'csv' ? internalCsv(ctx, list) : internalJson(ctx, list)
  await pipeline(lines, res).catch((fault: unknown) => {
    // the reader left: nothing to answer any more
    if ((fault as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw fault
  })
}
