// Pages: the columns of a sheet, what an import would do, and the import.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import { typesFor } from '../endorsements/endorsement-form.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { NotFound } from '../http/errors.ts'
import { type Fields, fieldsOf } from '../http/fields.ts'
import type { Faults } from '../http/page.ts'
import { speaking } from '../http/respond.ts'
import { isLanguage } from '../languages/languages.ts'
import { confirmingAt } from '../statements/stored-statement.ts'
import { importFields, isField, type Mapping } from './columns.ts'
import { type Draft, findDraft, setMapping, takeDraft } from './draft-store.ts'
import { importSignOns, mayImport } from './import-sign-ons.ts'
import { openPause } from './pause.ts'
import { type Plan, planImport } from './plan-import.ts'
import type { Sheet } from './sheet.ts'
import { toldRows } from './told-rows.ts'

const draftPath = '/desk/statements/:slug/imports/:draft'
const longestEvidence = 500
const quietly = () => openPause(null)

export function importDraftRoutes(ctx: Context): DeskRoute[] {
  return [
    {
      method: 'get',
      path: draftPath,
      needs: 'coordinate',
      handle: (req, res, desk) => showDraft(ctx, req, res, desk),
    },
    {
      method: 'post',
      path: draftPath,
      needs: 'coordinate',
      handle: (req, res, desk) => changeMapping(ctx, req, res, desk),
    },
    {
      method: 'post',
      path: `${draftPath}/bring`,
      needs: 'coordinate',
      isFresh: true,
      handle: (req, res, desk) => bring(ctx, req, res, desk),
    },
  ]
}

async function draftOf(ctx: Context, req: Request, desk: StatementDesk): Promise<Draft> {
  const own = {
    id: String(req.params['draft'] ?? ''),
    statementId: desk.statement.id,
    coordinatorId: desk.coordinator.id,
  }
  const draft = await findDraft(ctx.db, ctx.vault, own, ctx.clock.now().toISOString())
  if (!draft) throw new NotFound()
  return draft
}

async function showDraft(ctx: Context, req: Request, res: Response, desk: StatementDesk) {
  const draft = await draftOf(ctx, req, desk)
  const plan = await planOf(ctx, desk, draft, false)
  await sendDraft(ctx, req, res, desk, draft, plan, [])
}

async function planOf(
  ctx: Context,
  { statement }: StatementDesk,
  { sheet, mapping }: Draft,
  isConfirmed: boolean,
): Promise<Plan> {
  const { authoritative } = statement
  const language = isLanguage(authoritative) ? authoritative : ctx.config.defaultLanguage
  return planImport(ctx, sheet, { statement, mapping, isConfirmed, language }, quietly())
}

async function sendDraft(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  draft: Draft,
  plan: Plan,
  faults: Faults,
): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  const { statement } = desk
  const action = paths.desk.of(statement.slug, `imports/${draft.id}`)
  const { how = 'mail', evidence = '' } = fieldsOf(req)
  const now = ctx.clock.now()
  const hows = ['mail', 'confirmed'].filter((each) => mayImport(statement, each !== 'mail', now))
  const hasFaults = faults.length > 0
  const view = {
    action,
    bringAction: `${action}/bring`,
    backHref: paths.desk.of(statement.slug, 'imports'),
    columns: draft.source === 'hand' ? [] : columnsOf(draft),
    fields: importFields,
    types: typesFor(statement),
    type: draft.mapping.type,
    hasName: draft.mapping.fields.includes('name'),
    numbers: plan.numbers,
    ...toldRows(plan, draft.mapping, t),
    hows,
    isLate: confirmingAt(statement, now) === 'late',
    values: { how: hows.includes(how) ? how : hows[0], evidence },
    faults,
  }
  const wanted = { status: hasFaults ? 422 : 200, title: t('desk.imports.check'), hasFaults }
  sendDeskPage(ctx, req, res, desk, 'desk/import-draft', view, wanted)
}

/** Each column with its heading, the field it is taken for, and the first things that are in it. */
function columnsOf({ sheet, mapping }: Draft) {
  return sheet.headings.map((heading, index) => ({
    heading,
    field: mapping.fields[index] ?? '',
    samples: samplesOf(sheet, index),
  }))
}

function samplesOf({ rows }: Sheet, index: number): string[] {
  const samples: string[] = []
  for (const { cells } of rows) {
    const cell = (cells[index] ?? '').trim()
    if (cell !== '') samples.push(cell.slice(0, 60))
    if (samples.length === 3) break
  }
  return samples
}

async function changeMapping(ctx: Context, req: Request, res: Response, desk: StatementDesk) {
  const { paths } = speaking(ctx, res)
  const draft = await draftOf(ctx, req, desk)
  await setMapping(ctx.db, draft.id, mappingIn(fieldsOf(req), draft.mapping))
  res.redirect(303, paths.desk.of(desk.statement.slug, `imports/${draft.id}`))
}

/** Of two columns for one field, the first counts. */
function mappingIn(typed: Fields, before: Mapping): Mapping {
  const taken = new Set<string>()
  const fields = before.fields.map((_, index) => {
    const field = typed[`column_${index}`] ?? ''
    if (!isField(field) || taken.has(field)) return null
    taken.add(field)
    return field
  })
  const { rows_are: type } = typed
  return { fields, type: type === 'individual' || type === 'organisation' ? type : before.type }
}

async function bring(ctx: Context, req: Request, res: Response, desk: StatementDesk) {
  const { t, paths } = speaking(ctx, res)
  const { statement, coordinator } = desk
  const draft = await draftOf(ctx, req, desk)
  const typed = fieldsOf(req)
  const isConfirmed = typed['how'] === 'confirmed'
  const evidence = isConfirmed ? (typed['evidence'] ?? '').trim() : null
  const plan = await planOf(ctx, desk, draft, isConfirmed)
  const refuse = (field: string, message: string) =>
    sendDraft(ctx, req, res, desk, draft, plan, [{ field, message }])
  if (!mayImport(statement, isConfirmed, ctx.clock.now())) {
    return refuse('how', t('desk.imports.closed'))
  }
  if (evidence === '' || (evidence ?? '').length > longestEvidence) {
    return refuse('evidence', t('desk.imports.evidence.required', { longest: longestEvidence }))
  }
  // pressed twice, or in two windows: one of them brings it in
  if (await takeDraft(ctx.db, draft.id)) {
    const { source, hash } = draft
    const wanted = { statement, plan, evidence, source, hash, actor: coordinator.id }
    await importSignOns(ctx, wanted, quietly())
  }
  res.redirect(303, `${paths.desk.of(statement.slug, 'imports')}#batches`)
}
