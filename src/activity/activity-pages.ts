// Pages: who did what, for the whole desk and for one statement.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import { teamRolesOf } from '../coordinators/teams.ts'
import type { Desk, DeskRoute } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { pageNumber, pagingOf, textParam } from '../http/query.ts'
import { speaking } from '../http/respond.ts'
import type { Query } from '../paths.ts'
import { listAllStatements } from '../statements/find-statement.ts'
import { type Done, findActivity } from './activity.ts'

const perPage = 50

export function activityRoutes(ctx: Context): DeskRoute[] {
  return [
    {
      method: 'get',
      path: '/desk/activity',
      needs: 'person',
      async handle(req, res, desk) {
        const { paths } = speaking(ctx, res)
        await show(ctx, req, res, desk, await ownSlugs(ctx, desk), paths.desk.activity)
      },
    },
    {
      method: 'get',
      path: '/desk/statements/:slug/activity',
      needs: 'read',
      async handle(req, res, desk) {
        const { slug } = desk.statement
        const { paths } = speaking(ctx, res)
        const href = (query: Query) => paths.desk.of(slug, 'activity', query)
        await show(ctx, req, res, desk, [slug], href)
      },
    },
  ]
}

/** Admins see everything, others what was done to their statements. */
async function ownSlugs(ctx: Context, { coordinator }: Desk): Promise<string[] | null> {
  if (coordinator.role === 'admin') return null
  const teams = await teamRolesOf(ctx, coordinator.id)
  const all = await listAllStatements(ctx.db)
  return all.filter(({ id }) => teams.has(id)).map(({ slug }) => slug)
}

async function show(
  ctx: Context,
  req: Request,
  res: Response,
  desk: Desk,
  slugs: string[] | null,
  href: (query: Query) => string,
): Promise<void> {
  const { t, paths, language } = speaking(ctx, res)
  const page = pageNumber(req)
  const [q, who] = [textParam(req, 'q'), textParam(req, 'who')]
  const wanted = { slugs, q, who, limit: perPage, offset: (page - 1) * perPage }
  const { rows, total, people } = await findActivity(ctx, wanted, { t, language })
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'desk/activity',
    {
      action: href({}),
      q,
      who,
      people: [{ value: '', label: t('desk.activity.everybody') }, ...people.map(optionOf)],
      isFiltered: q !== '' || who !== '',
      total,
      rows: rows.map((row) => ({ ...row, href: hrefOf(row, paths.desk.statement) })),
      paging: pagingOf(page, perPage, total, (at) => href({ q, who, page: at })),
    },
    { title: t('desk.activity') },
  )
}

const optionOf = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name })

function hrefOf({ subject }: Done, statement: (slug: string) => string): string | null {
  return subject.slug === null ? null : statement(subject.slug)
}
