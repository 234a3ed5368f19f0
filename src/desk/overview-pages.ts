// Page: one statement at a glance.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import { speaking } from '../http/respond.ts'
import { countsOf } from '../signatories/counts.ts'
import { inLanguage, statusAt, versionFor } from '../statements/stored-statement.ts'
import type { DeskRoute, StatementDesk } from './desk.ts'
import { sendDeskPage } from './send.ts'

export function overviewRoutes(ctx: Context): DeskRoute[] {
  return [
    {
      method: 'get',
      path: '/desk/statements/:slug',
      needs: 'read',
      handle: (req, res, desk) => overview(ctx, req, res, desk),
    },
  ]
}

async function overview(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
): Promise<void> {
  const { paths, language } = speaking(ctx, res)
  const { statement } = desk
  const text = versionFor(statement, language)
  const title = inLanguage(text.title, text.language)
  const status = statusAt(statement, ctx.clock.now())
  const isPublic = status !== 'draft' && status !== 'taken-down'
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'desk/overview',
    {
      title,
      status,
      counts: await countsOf(ctx.db, statement),
      publicHref: isPublic ? paths.statement(statement.slug) : null,
    },
    { title: title.text },
  )
}
