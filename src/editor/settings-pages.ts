// Page: the settings of a statement.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { NotFound } from '../http/errors.ts'
import { fieldsOf } from '../http/fields.ts'
import { speaking } from '../http/respond.ts'
import { textParam } from '../http/query.ts'
import { changeSettings, settingsMark } from '../statements/change-settings.ts'
import { findStatement } from '../statements/find-statement.ts'
import {
  convenorRoles,
  kinds,
  reviewChoices,
  signerChoices,
  visibilities,
} from '../statements/statement.ts'
import { statusAt } from '../statements/stored-statement.ts'
import { countriesIn } from '../text/countries.ts'
import type { EditorFault } from './field-faults.ts'
import {
  countRows,
  readSettings,
  type SettingsValues,
  shownSettings,
  typedSettings,
} from './settings-form.ts'
import { zoneNames } from './time-fields.ts'

const page = 'settings'

export function settingsRoutes(ctx: Context): DeskRoute[] {
  const path = `/desk/statements/:slug/${page}`
  return [
    {
      method: 'get',
      path,
      needs: 'coordinate',
      handle: (req, res, desk) =>
        settingsPage(ctx, req, res, desk, {
          values: shownSettings(desk.statement),
          faults: [],
          newer: null,
        }),
    },
    {
      method: 'post',
      path,
      needs: 'coordinate',
      handle: (req, res, desk) => save(ctx, req, res, desk),
    },
  ]
}

interface Shown {
  values: SettingsValues
  faults: EditorFault[]
  /** what somebody else has saved meanwhile */
  newer: SettingsValues | null
}

const emptyRows = 2

function settingsPage(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  { values, faults, newer }: Shown,
): void {
  const { t, paths, language } = speaking(ctx, res)
  const { statement } = desk
  const hasFaults = faults.length > 0
  const rows = (list: string) => countRows(list, values) + emptyRows
  const convenors = rows('convenor')
  const addressees = rows('addressee')
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'editor/settings',
    {
      action: paths.desk.of(statement.slug, page),
      values: { ...blanks(convenors, addressees), ...values },
      faults: faults.map(({ field, message, args }) => ({ field, message: t(message, args) })),
      newer: newer === null ? null : differing(newer, values),
      madeFrom: settingsMark(statement),
      isSaved: textParam(req, 'saved') !== '' && !hasFaults,
      isDraft: statusAt(statement, ctx.clock.now()) === 'draft',
      deadlineHref: paths.desk.of(statement.slug, 'deadline'),
      convenors,
      addressees,
      choices: { kinds, signers: signerChoices, visibilities, reviews: reviewChoices },
      roles: convenorRoles,
      countries: countriesIn(language),
      zones: zoneNames(),
    },
    {
      status: newer !== null ? 409 : hasFaults ? 422 : 200,
      title: t('desk.page.settings'),
      hasFaults,
    },
  )
}

const convenorRow = { name: '', acronym: '', role: 'with', url: '' }
const addresseeRow = { name: '', office: '', body: '', country: '' }

function blanks(convenors: number, addressees: number): SettingsValues {
  return {
    ...emptyFields('convenor', convenors, convenorRow),
    ...emptyFields('addressee', addressees, addresseeRow),
    convenor_0_role: 'lead',
  }
}

function emptyFields(list: string, count: number, row: SettingsValues): SettingsValues {
  const rows = Array.from({ length: count }).flatMap((_, n) =>
    Object.entries(row).map(([key, value]) => [`${list}_${n}_${key}`, value] as const),
  )
  return Object.fromEntries(rows)
}

/** What stands there now, where it is not what was typed. */
function differing(newer: SettingsValues, typed: SettingsValues) {
  return Object.entries(newer)
    .filter(([name, value]) => value !== '' && value !== typed[name])
    .map(([, value]) => value)
}

async function save(ctx: Context, req: Request, res: Response, desk: StatementDesk): Promise<void> {
  const { paths } = speaking(ctx, res)
  const { statement, coordinator } = desk
  const typed = fieldsOf(req)
  const isDraft = statusAt(statement, ctx.clock.now()) === 'draft'
  // the deadline of an open statement is not on this form
  const kept = isDraft ? {} : onlyDeadline(shownSettings(statement))
  const values = { ...typedSettings(typed), ...kept }
  const read = readSettings(values, statement)
  if (!read.ok)
    return settingsPage(ctx, req, res, desk, { values, faults: read.faults, newer: null })
  const madeFrom = typed['made_from'] ?? ''
  const { slug } = statement
  const changed = await changeSettings(ctx, slug, read.settings, madeFrom, coordinator.id)
  switch (changed) {
    case 'changed':
    case 'unchanged':
      return res.redirect(303, paths.desk.of(slug, page, { saved: 'yes' }))
    case 'collided': {
      const now = (await findStatement(ctx.db, slug)) ?? statement
      const faults = [{ field: 'newer', message: 'editor.fault.collided' } as const]
      const newer = shownSettings(now)
      return settingsPage(ctx, req, res, { ...desk, statement: now }, { values, faults, newer })
    }
    case 'not-found':
      throw new NotFound()
  }
}

function onlyDeadline(values: SettingsValues): SettingsValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name.startsWith('closes_')))
}
