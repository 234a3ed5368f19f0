// Pages: the people of the desk (admins), and the team of one statement.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { Desk, DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { NotFound } from '../http/errors.ts'
import { fieldsOf } from '../http/fields.ts'
import { textParam } from '../http/query.ts'
import { speaking } from '../http/respond.ts'
import { isSomebody, listCoordinators } from './coordinator-store.ts'
import { addCoordinator, idOf, removePerson, setRole } from './people.ts'
import {
  type PersonFault,
  type PersonValues,
  readPerson,
  readPersonValues,
  toldFaults,
} from './people-form.ts'
import { isRole, isTeamRole, roles } from './roles.ts'
import { askForLink, linkMinutes } from './sign-in.ts'
import { joinTeam, leaveTeam, teamOf } from './teams.ts'

/** How long the link works that was just sent to somebody; null when none was. */
const sentMinutes = (req: Request) => (textParam(req, 'sent') === 'yes' ? linkMinutes : null)

const nobody: PersonValues = { email: '', name: '', organisation: '', role: '' }

export function peopleRoutes(ctx: Context): DeskRoute[] {
  return [
    {
      method: 'get',
      path: '/desk/people',
      needs: 'admin',
      handle: (req, res, desk) => people(ctx, req, res, desk, nobody, []),
    },
    {
      method: 'post',
      path: '/desk/people',
      needs: 'admin',
      isFresh: true,
      handle: (req, res, desk) => add(ctx, req, res, desk),
    },
    {
      method: 'post',
      path: '/desk/people/:id',
      needs: 'admin',
      isFresh: true,
      handle: (req, res, desk) => change(ctx, req, res, desk),
    },
    {
      method: 'get',
      path: '/desk/statements/:slug/team',
      needs: 'read',
      handle: (req, res, desk) => team(ctx, req, res, desk),
    },
    {
      method: 'post',
      path: '/desk/statements/:slug/team',
      needs: 'coordinate',
      isFresh: true,
      handle: (req, res, desk) => changeTeam(ctx, req, res, desk),
    },
    {
      method: 'post',
      path: '/desk/statements/:slug/team/people',
      needs: 'coordinate',
      isFresh: true,
      handle: (req, res, desk) => bring(ctx, req, res, desk),
    },
  ]
}

async function people(
  ctx: Context,
  req: Request,
  res: Response,
  desk: Desk,
  values: PersonValues,
  faults: PersonFault[],
): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  const everybody = await listCoordinators(ctx.db, ctx.vault)
  const hasFaults = faults.length > 0
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'desk/people',
    {
      action: paths.desk.people(),
      sentMinutes: sentMinutes(req),
      values,
      faults: toldFaults(faults, t),
      roles: roles.toReversed(),
      people: everybody.map(({ id, name, organisation, email, role }) => ({
        id,
        name,
        organisation,
        email,
        role,
        isYou: id === desk.coordinator.id,
        action: `${paths.desk.people()}/${id}`,
      })),
    },
    { status: hasFaults ? 422 : 200, title: t('desk.people'), hasFaults },
  )
}

async function add(ctx: Context, req: Request, res: Response, desk: Desk): Promise<void> {
  const { language, paths } = speaking(ctx, res)
  const values = readPersonValues(fieldsOf(req))
  const read = readPerson(values)
  if (!read.ok) return people(ctx, req, res, desk, values, read.faults)
  const person = { ...read.value, language }
  const added = await addCoordinator(ctx, person, desk.coordinator.id)
  if (added === null) {
    return people(ctx, req, res, desk, values, [{ field: 'email', message: 'desk.fault.known' }])
  }
  await askForLink(ctx, read.value.address, language)
  res.redirect(303, paths.desk.people({ sent: 'yes' }))
}

async function change(ctx: Context, req: Request, res: Response, desk: Desk): Promise<void> {
  const { paths } = speaking(ctx, res)
  const { new_role: role = '', remove } = fieldsOf(req)
  const id = String(req.params['id'] ?? '')
  const actor = desk.coordinator.id
  if (remove === undefined && !isRole(role)) throw new NotFound()
  const changed =
    remove === 'yes' || !isRole(role)
      ? await removePerson(ctx, id, actor)
      : await setRole(ctx, id, role, actor)
  switch (changed) {
    case 'changed':
      return res.redirect(303, paths.desk.people())
    case 'last-admin':
      return people(ctx, req, res, desk, nobody, [
        { field: 'role', message: 'desk.fault.last-admin' },
      ])
    case 'unknown':
      throw new NotFound()
  }
}

async function team(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  values: PersonValues = nobody,
  faults: PersonFault[] = [],
): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  const { statement, may } = desk
  const hasFaults = faults.length > 0
  const members = await teamOf(ctx, statement.id)
  const inTeam = new Set(members.map(({ id }) => id))
  const everybody = may.coordinate ? await listCoordinators(ctx.db, ctx.vault) : []
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'desk/team',
    {
      action: paths.desk.of(statement.slug, 'team'),
      mayChange: may.coordinate,
      sentMinutes: sentMinutes(req),
      bringAction: paths.desk.of(statement.slug, 'team/people'),
      values,
      faults: toldFaults(faults, t),
      members: members.map((member) => ({ ...member, isYou: member.id === desk.coordinator.id })),
      others: everybody.filter(({ id, role }) => role !== 'admin' && !inTeam.has(id)),
      roles: roles.filter((role) => role !== 'admin').toReversed(),
    },
    { status: hasFaults ? 422 : 200, title: t('desk.page.team'), hasFaults },
  )
}

async function changeTeam(
  ctx: Context,
  req: Request,
  res: Response,
  { statement, coordinator }: StatementDesk,
): Promise<void> {
  const { paths } = speaking(ctx, res)
  const { person = '', role = '', remove } = fieldsOf(req)
  await ctx.db.transaction().execute(async (tx) => {
    if (remove !== undefined) {
      await leaveTeam(tx, ctx, { statement, coordinatorId: remove }, coordinator.id)
    } else if (isTeamRole(role) && (await isSomebody(tx, ctx.vault, person))) {
      await joinTeam(tx, ctx, { statement, coordinatorId: person, role }, coordinator.id)
    }
  })
  const hasLeft = remove === coordinator.id && coordinator.role !== 'admin'
  res.redirect(303, hasLeft ? paths.desk.home() : paths.desk.of(statement.slug, 'team'))
}

/**
 * Co-convenors bring their own people. On the site these are viewers: what they may do, they may do
 * for this statement only. Who is known already just joins the team.
 */
async function bring(ctx: Context, req: Request, res: Response, desk: StatementDesk) {
  const { language, paths } = speaking(ctx, res)
  const { statement, coordinator } = desk
  const values = readPersonValues(fieldsOf(req))
  const read = readPerson(values)
  const { role } = values
  if (!read.ok) return team(ctx, req, res, desk, values, read.faults)
  if (!isTeamRole(role)) {
    return team(ctx, req, res, desk, values, [{ field: 'role', message: 'desk.fault.role' }])
  }
  const person = { ...read.value, role: 'viewer', language } as const
  const added = await addCoordinator(ctx, person, coordinator.id)
  const id = added?.id ?? (await idOf(ctx, read.value.address))
  if (id === null) throw new NotFound()
  await ctx.db.transaction().execute(async (tx) => {
    await joinTeam(tx, ctx, { statement, coordinatorId: id, role }, coordinator.id)
  })
  if (added) await askForLink(ctx, read.value.address, language)
  res.redirect(303, paths.desk.of(statement.slug, 'team', { sent: added ? 'yes' : null }))
}
