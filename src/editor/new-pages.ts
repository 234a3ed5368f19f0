// Page: a new statement. What is not asked here has a default and can be changed afterwards.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { Desk, DeskRoute } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { fieldsOf } from '../http/fields.ts'
import { speaking } from '../http/respond.ts'
import { kinds } from '../statements/statement.ts'
import { beginStatement } from './begin-statement.ts'
import { knownLanguages } from './known-languages.ts'
import type { EditorFault } from './field-faults.ts'
import { type NewValues, readNew, typedNew } from './new-form.ts'
import { zoneNames } from './time-fields.ts'

export function newRoutes(ctx: Context): DeskRoute[] {
  const path = '/desk/statements/new'
  return [
    {
      method: 'get',
      path,
      needs: 'starter',
      handle: (req, res, desk) => {
        const { language } = speaking(ctx, res)
        const values = typedNew({ language, kind: 'open-letter', closes_zone: 'UTC' })
        newPage(ctx, req, res, desk, { values, faults: [], id: ctx.random.id() })
      },
    },
    {
      method: 'post',
      path,
      needs: 'starter',
      handle: (req, res, desk) => begin(ctx, req, res, desk),
    },
  ]
}

interface Shown {
  values: NewValues
  faults: EditorFault[]
  id: string
}

function newPage(ctx: Context, req: Request, res: Response, desk: Desk, shown: Shown): void {
  const { t, paths, language } = speaking(ctx, res)
  const hasFaults = shown.faults.length > 0
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'editor/new',
    {
      action: paths.desk.newStatement(),
      values: shown.values,
      faults: shown.faults.map(({ field, message, args }) => ({
        field,
        message: t(message, args),
      })),
      id: shown.id,
      kinds,
      languages: knownLanguages(language),
      zones: zoneNames(),
    },
    { status: hasFaults ? 422 : 200, title: t('desk.new-statement'), hasFaults },
  )
}

async function begin(ctx: Context, req: Request, res: Response, desk: Desk): Promise<void> {
  const { paths, language } = speaking(ctx, res)
  const typed = fieldsOf(req)
  const values = typedNew(typed)
  const id = /^[\w-]{22}$/.test(typed['id'] ?? '') ? String(typed['id']) : ctx.random.id()
  const read = readNew(values, language)
  if (!read.ok) return newPage(ctx, req, res, desk, { values, faults: read.faults, id })
  const slug = await beginStatement(ctx, id, read, desk.coordinator)
  res.redirect(303, paths.desk.of(slug, 'publish'))
}
