// Pages: many endorsements taken out at once: what was asked for, how many that are, how far it is.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { NotFound } from '../http/errors.ts'
import { fieldsOf } from '../http/fields.ts'
import { speaking } from '../http/respond.ts'
import type { Formats } from '../languages/formats.ts'
import { countriesIn } from '../text/countries.ts'
import {
  type CriteriaFault,
  type CriteriaValues,
  faultsOf,
  readCriteriaValues,
} from './criteria.ts'
import {
  findInvalidation,
  type InvalidationRow,
  listInvalidations,
  listStanding,
} from './invalidation-store.ts'
import { cancel, criteriaOf, findMatching, prepare, run, undoAll } from './invalidate.ts'

const sampleSize = 20

export function invalidationRoutes(ctx: Context): DeskRoute[] {
  const path = '/desk/statements/:slug/invalidations'
  const acting = (
    name: string,
    act: (desk: StatementDesk, id: string) => Promise<void>,
  ): DeskRoute => ({
    method: 'post',
    path: `${path}/:invalidation/${name}`,
    needs: 'coordinate',
    // stopping must be quick
    ...(name === 'cancel' ? {} : { isFresh: true as const }),
    handle: (req, res, desk) => actOn(ctx, req, res, desk, act),
  })
  return [
    {
      method: 'get',
      path,
      needs: 'coordinate',
      handle: (req, res, desk) => all(ctx, req, res, desk, readCriteriaValues({}), []),
    },
    {
      method: 'post',
      path,
      needs: 'coordinate',
      handle: (req, res, desk) => add(ctx, req, res, desk),
    },
    {
      method: 'get',
      path: `${path}/:invalidation`,
      needs: 'coordinate',
      handle: (req, res, desk) => one(ctx, req, res, desk),
    },
    acting('start', (desk, id) => run(ctx, desk, id)),
    acting('cancel', (desk, id) => cancel(ctx, desk, id)),
    acting('undo', (desk, id) => undoAll(ctx, desk, id)),
  ]
}

async function all(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  values: CriteriaValues,
  faults: CriteriaFault[],
): Promise<void> {
  const { t, format, paths, language } = speaking(ctx, res)
  const { id, slug } = desk.statement
  const hasFaults = faults.length > 0
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'invalidations/all',
    {
      action: paths.desk.of(slug, 'invalidations'),
      values,
      faults: faults.map(({ field, message }) => ({ field, message: t(message) })),
      countries: countriesIn(language),
      invalidations: (await listInvalidations(ctx.db, id)).map((row) => ({
        ...rowView(row, format),
        href: paths.desk.of(slug, `invalidations/${row.id}`),
      })),
    },
    { status: hasFaults ? 422 : 200, title: t('desk.page.invalidations'), hasFaults },
  )
}

function rowView(row: InvalidationRow, format: Formats) {
  const { state, reason, language, created_at } = row
  return { state, reason, language, createdAt: format.time(created_at) }
}

async function add(ctx: Context, req: Request, res: Response, desk: StatementDesk): Promise<void> {
  const { paths, language } = speaking(ctx, res)
  const values = readCriteriaValues(fieldsOf(req))
  const faults = faultsOf(values)
  if (faults.length > 0) return all(ctx, req, res, desk, values, faults)
  const id = await prepare(ctx, desk, values, language)
  res.redirect(303, paths.desk.of(desk.statement.slug, `invalidations/${id}`))
}

async function one(ctx: Context, req: Request, res: Response, desk: StatementDesk): Promise<void> {
  const { t, format, paths } = speaking(ctx, res)
  const { id, slug } = desk.statement
  const row = await findInvalidation(ctx.db, id, String(req.params['invalidation'] ?? ''))
  if (!row) throw new NotFound()
  const isOpen = row.state === 'draft' || row.state === 'running'
  const matching = isOpen ? await findMatching(ctx, row) : []
  const { country, ...criteria } = criteriaOf(ctx, row)
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'invalidations/one',
    {
      ...rowView(row, format),
      action: paths.desk.of(slug, `invalidations/${row.id}`),
      allHref: paths.desk.of(slug, 'invalidations'),
      criteria: { ...criteria, country: country === '' ? '' : format.country(country) },
      left: matching.length,
      taken: (await listStanding(ctx.db, row.id)).length,
      sample: matching.slice(0, sampleSize).map(({ endorsement, address }) => ({
        name: endorsement.details?.name ?? '',
        address,
        signedOn: format.time(endorsement.signedAt),
      })),
    },
    { title: t('desk.page.invalidations') },
  )
}

async function actOn(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  act: (desk: StatementDesk, id: string) => Promise<void>,
): Promise<void> {
  const { paths } = speaking(ctx, res)
  const { id, slug } = desk.statement
  const invalidationId = String(req.params['invalidation'] ?? '')
  if (!(await findInvalidation(ctx.db, id, invalidationId))) throw new NotFound()
  await act(desk, invalidationId)
  res.redirect(303, paths.desk.of(slug, `invalidations/${invalidationId}`))
}
