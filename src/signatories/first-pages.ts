// Page of the desk: who stands first in the list.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { NotFound } from '../http/errors.ts'
import { fieldsOf } from '../http/fields.ts'
import { textParam } from '../http/query.ts'
import { speaking } from '../http/respond.ts'
import type { MessageArguments, MessageKey } from '../languages/languages.ts'
import { chooseFirst, listFirst, mostFirst, readNumbers, writtenNumbers } from './first.ts'

const page = 'first-signatories'
const path = `/desk/statements/:slug/${page}`
const needs = 'coordinate'

export function firstSignatoriesRoutes(ctx: Context): DeskRoute[] {
  return [
    { method: 'get', path, needs, handle: (req, res, desk) => show(ctx, req, res, desk, null) },
    { method: 'post', path, needs, handle: (req, res, desk) => choose(ctx, req, res, desk) },
  ]
}

interface Refused {
  typed: string
  status: 409 | 422
  message: MessageKey
  args?: MessageArguments
}

async function show(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  refused: Refused | null,
): Promise<void> {
  const { t, paths } = speaking(ctx, res)
  const { statement } = desk
  const first = await listFirst(ctx.db, statement.id)
  const view = {
    action: paths.desk.of(statement.slug, page),
    listHref: paths.signatories(statement.slug),
    first: first.map(({ number, name, type }) => ({ number, name, type })),
    madeFrom: writtenNumbers(first),
    values: { numbers: refused?.typed ?? writtenNumbers(first) },
    faults: refused ? [{ field: 'numbers', message: t(refused.message, refused.args) }] : [],
    most: mostFirst,
    isSaved: refused === null && textParam(req, 'saved') !== '',
  }
  sendDeskPage(ctx, req, res, desk, 'signatories/first', view, {
    title: t('desk.page.first-signatories'),
    status: refused?.status ?? 200,
    hasFaults: refused !== null,
  })
}

async function choose(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
): Promise<void> {
  const { paths } = speaking(ctx, res)
  const { numbers: typed = '', made_from: madeFrom = '' } = fieldsOf(req)
  const refused = await refusalOf(ctx, desk, typed, madeFrom)
  if (refused) return show(ctx, req, res, desk, refused)
  res.redirect(303, paths.desk.of(desk.statement.slug, page, { saved: 'yes' }))
}

async function refusalOf(
  ctx: Context,
  { statement, coordinator }: StatementDesk,
  typed: string,
  madeFrom: string,
): Promise<Refused | null> {
  const read = readNumbers(typed)
  if (!read.ok) {
    const args = read.fault === 'twice' ? { numbers: read.numbers.join(', ') } : { most: mostFirst }
    return { typed, status: 422, message: `first.fault.${read.fault}`, args }
  }
  const chosen = await chooseFirst(ctx, statement.slug, read.numbers, madeFrom, coordinator.id)
  switch (chosen.is) {
    case 'saved':
      return null
    case 'not-found':
      throw new NotFound()
    case 'collided':
      return { typed, status: 409, message: 'editor.fault.collided' }
    case 'not-listed': {
      const args = { numbers: chosen.numbers.join(', ') }
      return { typed, status: 422, message: 'first.fault.not-listed', args }
    }
  }
}
