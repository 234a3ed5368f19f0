// Page: pairs of entries that may be one organisation, side by side.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { listNames, type WithAddress } from '../endorsements/decide.ts'
import { fieldsOf } from '../http/fields.ts'
import { pageNumber, pagingOf, textParam } from '../http/query.ts'
import { speaking } from '../http/respond.ts'
import type { Formats } from '../languages/formats.ts'
import type { MessageKey } from '../languages/languages.ts'
import { findPairs } from './find-pairs.ts'
import { merge, type Seen, tellApart } from './merge.ts'
import { listLatest } from './pair-store.ts'
import { undoPair } from './undo.ts'

const perPage = 20
const latestShown = 10

export function duplicateRoutes(ctx: Context): DeskRoute[] {
  const path = '/desk/statements/:slug/duplicates'
  return [
    {
      method: 'get',
      path,
      needs: 'coordinate',
      handle: (req, res, desk) => pairs(ctx, req, res, desk, null),
    },
    {
      method: 'post',
      path,
      needs: 'coordinate',
      handle: (req, res, desk) => decide(ctx, req, res, desk),
    },
    {
      method: 'post',
      path: `${path}/undo`,
      needs: 'coordinate',
      handle: (req, res, desk) => undo(ctx, req, res, desk),
    },
  ]
}

async function pairs(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  fault: MessageKey | null,
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
      undoAction: `${action}/undo`,
      latest: await readLatest(ctx, id, format),
      faults: fault === null ? [] : [{ field: 'pairs', message: t(fault) }],
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
      status: fault === null ? 200 : 409,
      title: t('desk.page.duplicates'),
      hasFaults: fault !== null,
    },
  )
}

/** What was decided last, with the names as they are now. */
async function readLatest({ db, vault }: Context, statementId: string, format: Formats) {
  const rows = await listLatest(db, statementId, latestShown)
  const ids = rows.flatMap(({ first_id, second_id }) => [first_id, second_id])
  const names = await listNames(db, vault, [...new Set(ids)])
  return rows.map(({ first_id, second_id, kept_id, at, name }) => ({
    first: { id: first_id, name: names.get(first_id) ?? '–' },
    second: { id: second_id, name: names.get(second_id) ?? '–' },
    kept: kept_id === null ? null : (names.get(kept_id) ?? '–'),
    by: name,
    iso: at,
    at: format.time(at),
  }))
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
  if (done === 'changed') return pairs(ctx, req, res, desk, 'desk.duplicates.fault.changed')
  res.redirect(303, paths.desk.of(desk.statement.slug, 'duplicates', { done: 'yes' }))
}

async function undo(ctx: Context, req: Request, res: Response, desk: StatementDesk): Promise<void> {
  const { paths } = speaking(ctx, res)
  const { first = '', second = '' } = fieldsOf(req)
  const done = await undoPair(ctx, desk, first, second)
  if (done === 'changed') return pairs(ctx, req, res, desk, 'desk.review.fault.undo')
  res.redirect(303, paths.desk.of(desk.statement.slug, 'duplicates', { done: 'yes' }))
}

function pickedFrom(req: Request, name: 'first' | 'second'): Seen {
  const fields = fieldsOf(req)
  return { id: fields[name] ?? '', revision: Number(fields[`${name}_revision`] ?? -1) }
}
