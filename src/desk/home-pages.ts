// Page: what somebody finds after signing in: their statements.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { Role } from '../coordinators/roles.ts'
import { teamRolesOf } from '../coordinators/teams.ts'
import { speaking } from '../http/respond.ts'
import { countsOfAll } from '../signatories/counts.ts'
import { listAllStatements } from '../statements/find-statement.ts'
import { endOf, inLanguage, statusAt, versionFor } from '../statements/stored-statement.ts'
import type { Desk, DeskRoute } from './desk.ts'
import { sendDeskPage } from './send.ts'

export function homeRoutes(ctx: Context): DeskRoute[] {
  return [
    {
      method: 'get',
      path: '/desk',
      needs: 'person',
      handle: (req, res, desk) => home(ctx, req, res, desk),
    },
  ]
}

const mayBegin = (role: Role) => role === 'admin' || role === 'coordinator'

async function home(ctx: Context, req: Request, res: Response, desk: Desk): Promise<void> {
  const { t, paths, language } = speaking(ctx, res)
  const { coordinator } = desk
  const teams = await teamRolesOf(ctx, coordinator.id)
  const all = await listAllStatements(ctx.db)
  const own = coordinator.role === 'admin' ? all : all.filter(({ id }) => teams.has(id))
  const counts = await countsOfAll(ctx.db, own)
  const now = ctx.clock.now()
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'desk/home',
    {
      isNew: own.length === 0,
      newHref: mayBegin(coordinator.role) ? paths.desk.newStatement() : null,
      statements: own.map((statement) => {
        const text = versionFor(statement, language)
        const sums = counts.get(statement.id)
        return {
          title: inLanguage(text.title, text.language),
          href: paths.desk.statement(statement.slug),
          status: statusAt(statement, now),
          organisations: sums?.organisations ?? 0,
          individuals: sums?.individuals ?? 0,
          closesAt: endOf(statement),
        }
      }),
    },
    { title: t('desk.statements') },
  )
}
