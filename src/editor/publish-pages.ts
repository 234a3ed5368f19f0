// Page: what is still missing, and the button that makes a statement public.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { NotFound } from '../http/errors.ts'
import { fieldsOf } from '../http/fields.ts'
import { speaking } from '../http/respond.ts'
import { howManyInvited } from '../invitations/overview.ts'
import { ownNameOf } from '../languages/languages.ts'
import { findStatement } from '../statements/find-statement.ts'
import { statusAt } from '../statements/stored-statement.ts'
import { checklistOf } from './checklist.ts'
import { type EditorFault, timeFault } from './field-faults.ts'
import { type Published, publishMark, publishStatement } from './publish-statement.ts'
import { readWorkingTexts } from './save-text.ts'
import {
  readTime,
  shownTime,
  type TimeValues,
  typedTime,
  writtenTime,
  zoneNames,
} from './time-fields.ts'

export function publishRoutes(ctx: Context): DeskRoute[] {
  const path = '/desk/statements/:slug/publish'
  return [
    {
      method: 'get',
      path,
      needs: 'coordinate',
      handle: (req, res, desk) => {
        const values = shownTime('opens', desk.statement.opensAt)
        return publishPage(ctx, req, res, desk, { values, faults: [] })
      },
    },
    {
      method: 'post',
      path,
      needs: 'coordinate',
      isFresh: true,
      handle: (req, res, desk) => publish(ctx, req, res, desk),
    },
  ]
}

interface Shown {
  values: TimeValues
  faults: EditorFault[]
}

async function publishPage(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  { values, faults }: Shown,
): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  const { statement } = desk
  const { slug } = statement
  const now = ctx.clock.now()
  const texts = await readWorkingTexts(ctx, statement)
  const checks = checklistOf(statement, texts, { now, hasMail: ctx.config.smtpUrl !== null })
  const status = statusAt(statement, now)
  const isPublic = status !== 'draft' && status !== 'taken-down'
  const hasFaults = faults.length > 0
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'editor/publish',
    {
      action: paths.desk.of(slug, 'publish'),
      isDraft: status === 'draft',
      publicHref: isPublic ? paths.statement(slug) : null,
      values,
      faults: faults.map(({ field, message, args }) => ({ field, message: t(message, args) })),
      madeFrom: publishMark(statement, texts),
      checks: checks.map(({ message, args, isNeeded, page }) => ({
        message: t(message, args),
        isNeeded,
        href: page === null ? null : paths.desk.of(slug, page),
      })),
      mayPublish: checks.every(({ isNeeded }) => !isNeeded),
      shown: texts
        .filter(({ state }) => state !== 'draft')
        .map(({ language }) => ({
          language,
          name: ownNameOf(language),
          href: paths.desk.of(slug, `preview/${language}`),
        })),
      opensAt: statement.opensAt,
      closesAt: statement.closesAt,
      invited: statement.signers === 'individuals' ? null : await howManyInvited(ctx, statement.id),
      zones: zoneNames(),
    },
    { status: hasFaults ? 422 : 200, title: t('desk.page.publish'), hasFaults },
  )
}

async function publish(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
): Promise<void> {
  const { paths } = speaking(ctx, res)
  const typed = fieldsOf(req)
  const values = typedTime('opens', typed)
  const { slug } = desk.statement
  const time = readTime('opens', values)
  if (typed['when'] === 'later' && time === null) {
    const faults = [timeFault('opens', writtenTime('opens', values))]
    return publishPage(ctx, req, res, desk, { values, faults })
  }
  const at = typed['when'] === 'later' ? time : typed['when'] === 'never' ? 'never' : null
  const wanted = { at, madeFrom: typed['made_from'] ?? '' } as const
  const published = await publishStatement(ctx, slug, wanted, desk.coordinator.id)
  if (published === 'not-found') throw new NotFound()
  const fault = faultOf(published)
  // what comes next is to invite
  if (published === 'opened' && desk.statement.signers !== 'individuals') {
    return res.redirect(303, paths.desk.of(slug, 'invitations', { published: 'yes' }))
  }
  if (fault === null) return res.redirect(303, paths.desk.of(slug, 'publish'))
  const now = { ...desk, statement: (await findStatement(ctx.db, slug)) ?? desk.statement }
  await publishPage(ctx, req, res, now, { values, faults: [fault] })
}

function faultOf(published: Exclude<Published, 'not-found'>): EditorFault | null {
  switch (published) {
    case 'opened':
    case 'scheduled':
    // sent twice: the page says that it is public
    case 'not-a-draft':
      return null
    case 'collided':
      return { field: 'checks', message: 'editor.fault.changed-meanwhile' }
    case 'deadline-passed':
      return { field: 'checks', message: 'editor.check.over' }
    case 'not-ahead':
      return { field: 'opens_date', message: 'editor.fault.not-ahead' }
  }
}
