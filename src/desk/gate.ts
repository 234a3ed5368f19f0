// The one door of the desk: session, same-origin proof, role, second factor, in this order. What
// somebody may not know of answers 404, as if it were not there.
import type { Request, RequestHandler, Response } from 'express'
import type { Context } from '../context.ts'
import { findTeamRoleOf } from '../coordinators/teams.ts'
import { mayOn, type Power } from '../coordinators/roles.ts'
import { showSecondFactor, typedFactor } from '../coordinators/second-factor.ts'
import { readSession, type Session, stayAwake } from '../coordinators/sessions.ts'
import { NotFound } from '../http/errors.ts'
import { fieldsOf } from '../http/fields.ts'
import { readUpload } from '../http/read-upload.ts'
import { speaking } from '../http/respond.ts'
import { findStatement } from '../statements/find-statement.ts'
import { askForSecondFactor } from './ask-again.ts'
import { clearCookie, readCookie } from './cookie.ts'
import type { Desk, DeskRoute, StatementDesk } from './desk.ts'
import { formKeyOf, hasFormKey, isFromHere } from './form-key.ts'

const forbidden = () => Object.assign(new Error('forbidden'), { status: 403 })

export function gate(ctx: Context, route: DeskRoute): RequestHandler {
  return async (req, res) => {
    res.set('Cache-Control', 'no-store').set('X-Robots-Tag', 'noindex')
    // no row has such an id, and PostgreSQL does not even look for it
    if (Object.values(req.params).join().includes('\0')) throw new NotFound()
    if (isWriting(req) && !isFromHere(req, ctx.config)) throw forbidden()
    if (route.needs === 'visitor') return route.handle(req, res, null)
    const session = await sessionOf(ctx, req)
    if (!session) return sendToSignIn(ctx, req, res)
    const desk: Desk = {
      session,
      coordinator: session.coordinator,
      formKey: formKeyOf(ctx.vault, session.id),
    }
    if (route.takesFile === true) await readUpload(req)
    if (isWriting(req) && !hasFormKey(req, desk.formKey)) throw forbidden()
    if (isWriting(req)) await stayAwake(ctx, session)
    if (route.needs === 'half') return route.handle(req, res, desk)
    if (!session.isComplete) return sendToSecondFactor(ctx, req, res)
    await enter(ctx, req, res, desk, route)
  }
}

async function enter(ctx: Context, req: Request, res: Response, desk: Desk, route: DeskRoute) {
  switch (route.needs) {
    case 'visitor':
    case 'half':
      return
    case 'person':
    case 'starter':
    case 'admin':
      if (!mayEnter(desk, route.needs)) throw forbidden()
      if (await isAskedAgain(ctx, req, res, desk, route)) return
      return route.handle(req, res, desk)
    case 'read':
    case 'translate':
    case 'coordinate': {
      const about = await aboutStatement(ctx, req, desk)
      if (!about.may[route.needs]) throw forbidden()
      // whoever coordinates needs one, also who is but a viewer elsewhere
      if (about.may.coordinate && desk.session.factorAt === null) {
        return sendToSecondFactor(ctx, req, res)
      }
      if (await isAskedAgain(ctx, req, res, desk, route)) return
      return route.handle(req, res, about)
    }
  }
}

function mayEnter({ coordinator: { role } }: Desk, needs: 'person' | 'starter' | 'admin'): boolean {
  if (needs === 'admin') return role === 'admin'
  return needs === 'person' || role === 'admin' || role === 'coordinator'
}

/** Throws NotFound for a statement that is not there or not theirs. */
async function aboutStatement(ctx: Context, req: Request, desk: Desk): Promise<StatementDesk> {
  const slug = String(req.params['slug'] ?? '')
  const statement = await findStatement(ctx.db, slug)
  if (!statement) throw new NotFound()
  const { coordinator } = desk
  const teamRole = await findTeamRoleOf(ctx, statement.id, coordinator.id)
  const mayDo = (power: Power) => mayOn(coordinator.role, teamRole, power)
  if (!mayDo('read')) throw new NotFound()
  const may = {
    read: true,
    translate: mayDo('translate'),
    coordinate: mayDo('coordinate'),
  }
  return { ...desk, statement, teamRole, may }
}

const isWriting = ({ method }: Request) => method !== 'GET' && method !== 'HEAD'

async function sessionOf(ctx: Context, req: Request): Promise<Session | null> {
  const token = readCookie(req, ctx.config)
  return token === null ? null : readSession(ctx, token)
}

/** What was typed is still in the browser: a page sent here by "back" can be sent again. */
function sendToSignIn(ctx: Context, req: Request, res: Response): void {
  clearCookie(res, ctx.config)
  const { paths } = speaking(ctx, res)
  res.redirect(303, paths.desk.signIn(isWriting(req) ? undefined : req.originalUrl))
}

function sendToSecondFactor(ctx: Context, req: Request, res: Response): void {
  const { paths } = speaking(ctx, res)
  res.redirect(303, paths.desk.secondFactor(isWriting(req) ? undefined : req.originalUrl))
}

/**
 * Asks for the second factor once more, unless it was shown a short while ago or comes along with
 * this very form; what was typed comes along as well.
 */
async function isAskedAgain(
  ctx: Context,
  req: Request,
  res: Response,
  desk: Desk,
  route: DeskRoute,
): Promise<boolean> {
  if (route.isFresh !== true || desk.session.isFresh) return false
  const typed = isWriting(req) ? typedFactor(fieldsOf(req)) : null
  const shown = typed === null ? null : await showSecondFactor(ctx, desk.session, typed)
  if (shown === 'right') return false
  if (shown === 'ended') sendToSignIn(ctx, req, res)
  else await askForSecondFactor(ctx, req, res, desk, shown === 'wrong')
  return true
}
