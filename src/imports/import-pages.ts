// Pages: the batches of a statement, bringing a file, a pasted table or one sign-on by hand, and
// taking a batch back.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import { typesFor } from '../endorsements/endorsement-form.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { NotFound } from '../http/errors.ts'
import { fieldsOf, type Fields } from '../http/fields.ts'
import type { Faults } from '../http/page.ts'
import { fileOf } from '../http/read-upload.ts'
import { speaking } from '../http/respond.ts'
import { csvLine } from '../text/csv.ts'
import { keepSheet } from './drafts.ts'
import { countBrought, listBatches } from './import-store.ts'
import { sheetFaultMessage } from './problem-messages.ts'
import { rollBack } from './roll-back.ts'

const list = '/desk/statements/:slug/imports'
const handFields = ['type', 'name', 'country', 'email', 'contact_name', 'visibility'] as const

export function importRoutes(ctx: Context): DeskRoute[] {
  return [
    {
      method: 'get',
      path: list,
      needs: 'coordinate',
      handle: (req, res, desk) => batches(ctx, req, res, desk, []),
    },
    {
      method: 'post',
      path: list,
      needs: 'coordinate',
      takesFile: true,
      handle: (req, res, desk) => upload(ctx, req, res, desk),
    },
    {
      method: 'post',
      path: `${list}/by-hand`,
      needs: 'coordinate',
      handle: (req, res, desk) => byHand(ctx, req, res, desk),
    },
    {
      method: 'post',
      path: `${list}/:id/roll-back`,
      needs: 'coordinate',
      isFresh: true,
      handle: (req, res, desk) => takeBack(ctx, req, res, desk),
    },
  ]
}

async function batches(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  faults: Faults,
): Promise<void> {
  const { t, paths, format } = speaking(ctx, res)
  const { slug, id } = desk.statement
  const action = paths.desk.of(slug, 'imports')
  const typed = fieldsOf(req)
  const view = {
    action,
    reviewHref: paths.desk.of(slug, 'review'),
    handAction: paths.desk.of(slug, 'imports/by-hand'),
    faults,
    pasted: typed['table'] ?? '',
    values: Object.fromEntries(handFields.map((field) => [field, typed[field] ?? ''])),
    types: typesFor(desk.statement),
    batches: await Promise.all(
      (await listBatches(ctx.db, ctx.vault, id)).map(async (batch) => ({
        ...batch,
        at: format.time(batch.created_at),
        done: batch.state === 'running' ? await countBrought(ctx.db, batch.id) : null,
        rollBack: batch.state === 'rolled-back' ? null : `${action}/${batch.id}/roll-back`,
      })),
    ),
  }
  const hasFaults = faults.length > 0
  const wanted = { status: hasFaults ? 422 : 200, title: t('desk.page.imports'), hasFaults }
  sendDeskPage(ctx, req, res, desk, 'desk/imports', view, wanted)
}

async function upload(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  const file = fileOf(req)
  const isFile = file.length > 0
  const bytes = isFile ? file : Buffer.from(fieldsOf(req)['table'] ?? '')
  const source = isFile ? 'file' : 'paste'
  const by = desk.coordinator.id
  const kept = await keepSheet(ctx, desk.statement, { bytes, source, by })
  if (!kept.ok) {
    const message = sheetFaultMessage(kept, t)
    return batches(ctx, req, res, desk, [{ field: isFile ? 'file' : 'table', message }])
  }
  res.redirect(303, paths.desk.of(desk.statement.slug, `imports/${kept.id}`))
}

/** One sign-on is a sheet of one row: the same rules, the same dry run. */
async function byHand(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  const typed = fieldsOf(req)
  if ((typed['name'] ?? '').trim() === '') {
    const message = t('desk.imports.hand.nameless')
    return batches(ctx, req, res, desk, [{ field: 'name', message }])
  }
  const bytes = Buffer.from(sheetOf(typed))
  const by = desk.coordinator.id
  const kept = await keepSheet(ctx, desk.statement, { bytes, source: 'hand', by })
  if (!kept.ok) {
    return batches(ctx, req, res, desk, [{ field: 'name', message: sheetFaultMessage(kept, t) }])
  }
  res.redirect(303, paths.desk.of(desk.statement.slug, `imports/${kept.id}`))
}

function sheetOf(typed: Fields): string {
  return csvLine([...handFields]) + csvLine(handFields.map((field) => typed[field] ?? ''))
}

async function takeBack(
  ctx: Context,
  req: Request,
  res: Response,
  { statement, coordinator }: StatementDesk,
): Promise<void> {
  const { paths } = speaking(ctx, res)
  const id = String(req.params['id'] ?? '')
  const isOurs = (await listBatches(ctx.db, ctx.vault, statement.id)).some((b) => b.id === id)
  if (!isOurs) throw new NotFound()
  // pressed twice: it is taken back already, and the list says so
  await rollBack(ctx, statement, id, coordinator.id)
  res.redirect(303, paths.desk.of(statement.slug, 'imports'))
}
