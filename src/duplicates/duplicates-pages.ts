// Page: pairs of entries that may be one organisation, side by side.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import type { WithAddress } from '../endorsements/decide.ts'
import { fieldsOf } from '../http/fields.ts'
import { pageNumber, pagingOf, textParam } from '../http/query.ts'
import { speaking } from '../http/respond.ts'
import type { Formats } from '../languages/formats.ts'
import type { Picked } from '../review/decide.ts'
import { findPairs } from './find-pairs.ts'
import { merge, tellApart } from './merge.ts'

const perPage = 20

export function duplicateRoutes(ctx: Context): DeskRoute[] {
  const path = '/desk/statements/:slug/duplicates'
  return [
    {
      method: 'get',
      path,
      needs: 'coordinate',
      handle: (req, res, desk) => pairs(ctx, req, res, desk, false),
    },
    {
      method: 'post',
      path,
      needs: 'coordinate',
      handle: (req, res, desk) => decide(ctx, req, res, desk),
    },
  ]
}

async function pairs(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  hasCollided: boolean,
): Promise<void> {
  const { t, format, paths } = speaking(ctx, res)
  const { slug, id } = desk.statement
  const page = pageNumber(req)
  const found = await findPairs(ctx, id, { page, perPage })
  const action = paths.desk.of(slug, 'duplicates')
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'duplicates/pairs',
    {
      action,
      isDone: textParam(req, 'done') === 'yes',
      faults: hasCollided ? [{ field: 'pairs', message: t('desk.duplicates.fault.changed') }] : [],
      pairs: found.pairs.map(({ first, second, why }) => ({
        id: `${first.endorsement.id}-${second.endorsement.id}`,
        entries: [entryView(first, format), entryView(second, format)],
        why: why.map((each) => t(`likeness.${each}`)).join(', '),
      })),
      paging: pagingOf(page, perPage, found.total, (n) =>
        paths.desk.of(slug, 'duplicates', { page: n }),
      ),
    },
    {
      status: hasCollided ? 409 : 200,
      title: t('desk.page.duplicates'),
      hasFaults: hasCollided,
    },
  )
}

function entryView({ endorsement, address }: WithAddress, format: Formats) {
  const { id, revision, details, state, country, signedAt, verification } = endorsement
  return {
    id,
    revision,
    name: details?.name ?? '',
    acronym: details?.acronym ?? null,
    website: details?.website ?? null,
    state,
    country: format.country(country),
    verification,
    signedOn: format.time(signedAt),
    address,
  }
}

async function decide(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
): Promise<void> {
  const { paths } = speaking(ctx, res)
  const { keep } = fieldsOf(req)
  const first = pickedFrom(req, 'first')
  const second = pickedFrom(req, 'second')
  const [kept, other] = keep === second.id ? [second, first] : [first, second]
  const isMerge = keep === first.id || keep === second.id
  const done = isMerge
    ? await merge(ctx, desk, kept, other)
    : await tellApart(ctx, desk, first, second)
  if (done === 'changed') return pairs(ctx, req, res, desk, true)
  res.redirect(303, paths.desk.of(desk.statement.slug, 'duplicates', { done: 'yes' }))
}

function pickedFrom(req: Request, name: 'first' | 'second'): Picked {
  const fields = fieldsOf(req)
  return { id: fields[name] ?? '', revision: Number(fields[`${name}_revision`] ?? -1) }
}
