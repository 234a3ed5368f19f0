// Page of the desk: organisations that were invited before, to be searched and invited again.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { Desk, DeskRoute } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { fieldsOf } from '../http/fields.ts'
import { pageNumber, pagingOf, textParam } from '../http/query.ts'
import { speaking } from '../http/respond.ts'
import { statusAt, versionFor } from '../statements/stored-statement.ts'
import { againField, entriesFor, removeEntry, searched, statementsOf } from './directory.ts'

/** A form has at most a hundred fields (src/http/read-forms.ts). */
const perPage = 50

export function directoryRoutes(ctx: Context): DeskRoute[] {
  const path = '/desk/directory'
  return [
    {
      method: 'get',
      path,
      needs: 'starter',
      handle: (req, res, desk) => show(ctx, req, res, desk),
    },
    {
      method: 'post',
      path,
      needs: 'starter',
      handle: (req, res, desk) => remove(ctx, req, res, desk),
    },
  ]
}

async function remove(ctx: Context, req: Request, res: Response, desk: Desk): Promise<void> {
  const { paths } = speaking(ctx, res)
  await removeEntry(ctx, desk.coordinator, fieldsOf(req)['remove'] ?? '')
  res.redirect(303, paths.desk.directory())
}

async function show(ctx: Context, req: Request, res: Response, desk: Desk): Promise<void> {
  const { t, language, paths } = speaking(ctx, res)
  const q = textParam(req, 'q')
  const slug = textParam(req, 'statement')
  const choices = await choicesOf(ctx, desk, language)
  const chosen = choices.find(({ value }) => value === slug) ?? null
  const all = await entriesFor(ctx, desk.coordinator)
  const found = searched(all, q, language)
  const page = pageNumber(req)
  sendDeskPage(
    ctx,
    req,
    res,
    desk,
    'invitations/directory',
    {
      action: paths.desk.directory(),
      isEmpty: all.length === 0,
      q,
      choices,
      chosen,
      inviteAction: chosen === null ? null : paths.desk.of(chosen.value, 'invitations'),
      found: found.length,
      entries: found.slice((page - 1) * perPage, page * perPage).map((entry) => ({
        id: entry.id,
        field: againField(entry.id),
        name: entry.invited.name,
        email: entry.invited.email,
        contactName: entry.invited.contactName,
        language: entry.language,
        endorsed: entry.endorsed,
      })),
      paging: pagingOf(page, perPage, found.length, (n) =>
        paths.desk.directory({ q, statement: slug, page: n }),
      ),
    },
    { title: t('desk.directory') },
  )
}

/** The statements one can invite to. */
async function choicesOf(ctx: Context, { coordinator }: Desk, language: string) {
  const now = ctx.clock.now()
  const own = await statementsOf(ctx, coordinator)
  return own
    .filter((statement) => ['draft', 'open'].includes(statusAt(statement, now)))
    .map((statement) => {
      const { title, language: lang } = versionFor(statement, language)
      return { value: statement.slug, label: title, lang }
    })
}
