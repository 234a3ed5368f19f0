// Page of the desk: which organisations on the list have consultative status with ECOSOC.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { type Fields, fieldsOf } from '../http/fields.ts'
import { pageNumber, pagingOf, textParam } from '../http/query.ts'
import { speaking } from '../http/respond.ts'
import { collationOf } from '../text/collation.ts'
import { foldForSearch } from '../text/fold.ts'
import { ecosocStatuses, ecosocStatusIn } from './ecosoc.ts'
import { countOrganisations, listOrganisations } from './ecosoc-store.ts'
import { type EcosocChange, setEcosoc } from './set-ecosoc.ts'

const path = '/desk/statements/:slug/ecosoc'
const needs = 'coordinate'
const perPage = 50

export function ecosocRoutes(ctx: Context): DeskRoute[] {
  return [
    { method: 'get', path, needs, handle: (req, res, desk) => show(ctx, req, res, desk, []) },
    { method: 'post', path, needs, handle: (req, res, desk) => save(ctx, req, res, desk) },
  ]
}

/** @param missed what was chosen, and could not be saved */
async function show(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  missed: readonly EcosocChange[],
): Promise<void> {
  const { t, paths, language, format } = speaking(ctx, res)
  const { id, slug } = desk.statement
  const q = textParam(req, 'q')
  const page = pageNumber(req)
  const folded = foldForSearch(q) || null
  const wanted = { q: folded, collation: collationOf(language) }
  const at = { limit: perPage, offset: (page - 1) * perPage }
  const rows = await listOrganisations(ctx.db, id, { ...wanted, ...at })
  const total = await countOrganisations(ctx.db, id, folded)
  const chosen = new Map(missed.map(({ number, status }) => [number, status]))
  const isThere = (number: number) => rows.some((row) => row.number === number)
  const faults = [
    ...rows
      .filter(({ number }) => chosen.has(number))
      .map(({ number, name }) => ({
        field: `status_${number}`,
        message: t('desk.ecosoc.fault.changed', { name }),
      })),
    ...(missed.every(({ number }) => isThere(number))
      ? []
      : [{ field: 'organisations', message: t('desk.ecosoc.fault.gone') }]),
  ]
  const view = {
    action: paths.desk.of(slug, 'ecosoc', { q, page }),
    listHref: paths.desk.of(slug, 'ecosoc'),
    packsHref: paths.desk.of(slug, 'packs'),
    q,
    isSaved: textParam(req, 'saved') === 'yes' && faults.length === 0,
    faults,
    options: [
      { value: '', label: t('ecosoc.none') },
      ...ecosocStatuses.map((status) => ({ value: status, label: t(`ecosoc.${status}`) })),
    ],
    rows: rows.map(({ number, name, acronym, country, status }) => ({
      number,
      name: acronym === null ? name : `${name} (${acronym})`,
      country: format.country(country),
      was: status ?? '',
      status: (chosen.has(number) ? chosen.get(number) : status) ?? '',
    })),
    paging: pagingOf(page, perPage, total, (n) => paths.desk.of(slug, 'ecosoc', { q, page: n })),
  }
  const hasFaults = faults.length > 0
  sendDeskPage(ctx, req, res, desk, 'packs/ecosoc', view, {
    status: hasFaults ? 409 : 200,
    title: t('desk.ecosoc.heading'),
    hasFaults,
  })
}

async function save(ctx: Context, req: Request, res: Response, desk: StatementDesk): Promise<void> {
  const { paths } = speaking(ctx, res)
  const { statement, coordinator } = desk
  const changes = changesIn(fieldsOf(req))
  const missed = await setEcosoc(ctx, statement, changes, coordinator.id)
  if (missed.length > 0) {
    const again = changes.filter(({ number }) => missed.includes(number))
    return show(ctx, req, res, desk, again)
  }
  const place = { q: textParam(req, 'q'), page: pageNumber(req), saved: 'yes' }
  res.redirect(303, paths.desk.of(statement.slug, 'ecosoc', place))
}

/** Only what was chosen anew: everything else on the page stays as others may have changed it. */
function changesIn(fields: Fields): EcosocChange[] {
  return Object.entries(fields).flatMap(([field, value = '']) => {
    const number = Number(/^status_([1-9]\d{0,8})$/.exec(field)?.[1])
    const was = ecosocStatusIn(fields[`was_${number}`] ?? '')
    const status = ecosocStatusIn(value)
    return Number.isNaN(number) || was === status ? [] : [{ number, was, status }]
  })
}
