// Page of the desk: the text of an update in one language.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import type { DeskRoute, StatementDesk } from '../desk/desk.ts'
import { sendDeskPage } from '../desk/send.ts'
import { NotFound } from '../http/errors.ts'
import { fieldsOf } from '../http/fields.ts'
import { textParam } from '../http/query.ts'
import { speaking } from '../http/respond.ts'
import { inLanguage } from '../statements/stored-statement.ts'
import { languagesFor, updateOf } from './desk-pages.ts'
import {
  longestBody,
  readUpdateText,
  readUpdateValues,
  type UpdateFault,
  type UpdateValues,
} from './update-form.ts'
import { textFor, type Update } from './update.ts'
import { saveText } from './write-update.ts'

const path = '/desk/statements/:slug/updates/:update/text'

export function updateTextRoutes(ctx: Context): DeskRoute[] {
  return [
    {
      method: 'get',
      path,
      needs: 'translate',
      handle: (req, res, desk) => edit(ctx, req, res, desk),
    },
    {
      method: 'post',
      path,
      needs: 'translate',
      handle: (req, res, desk) => save(ctx, req, res, desk),
    },
  ]
}

/** Translators write translations; what they are made from is the coordinators'. */
function languageOf(typed: string, { statement, may }: StatementDesk): string {
  if (!languagesFor(statement).includes(typed)) throw new NotFound()
  const isForbidden = typed === statement.authoritative && !may.coordinate
  if (isForbidden) throw Object.assign(new Error('forbidden'), { status: 403 })
  return typed
}

async function edit(ctx: Context, req: Request, res: Response, desk: StatementDesk): Promise<void> {
  const update = await updateOf(ctx, req, desk)
  const asked = textParam(req, 'in')
  const first = languagesFor(desk.statement)[desk.may.coordinate ? 0 : 1] ?? ''
  const language = languageOf(asked === '' ? first : asked, desk)
  sendForm(ctx, req, res, desk, update, language, valuesOf(update, language), [])
}

function valuesOf({ texts }: Update, language: string): UpdateValues {
  const text = texts.find((each) => each.language === language)
  return {
    title: text?.title ?? '',
    body: text?.body ?? '',
    revision: String(text?.revision ?? 0),
  }
}

async function save(ctx: Context, req: Request, res: Response, desk: StatementDesk): Promise<void> {
  const { paths } = speaking(ctx, res)
  const update = await updateOf(ctx, req, desk)
  const fields = fieldsOf(req)
  const language = languageOf(fields['in'] ?? '', desk)
  const values = readUpdateValues(fields)
  const read = readUpdateText(values, language)
  if (!read.ok) return sendForm(ctx, req, res, desk, update, language, values, read.faults)
  const saved = await saveText(ctx, update.id, read.value)
  if (saved === 'saved') {
    const back = paths.desk.of(desk.statement.slug, `updates/${update.id}`, { in: language })
    return res.redirect(303, back)
  }
  await sendTooLate(ctx, req, res, desk, { language, values, saved })
}

/** What was typed is offered again, based on what is there now, which is shown beside it. */
async function sendTooLate(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  late: { language: string; values: UpdateValues; saved: 'sent' | 'changed' },
): Promise<void> {
  const now = await updateOf(ctx, req, desk)
  const { language, values, saved } = late
  const { revision } = valuesOf(now, language)
  const message = saved === 'sent' ? 'desk.updates.fault.sent' : 'desk.updates.fault.changed'
  const faults: UpdateFault[] = [{ field: 'body', message }]
  sendForm(ctx, req, res, desk, now, language, { ...values, revision }, faults)
}

function sendForm(
  ctx: Context,
  req: Request,
  res: Response,
  desk: StatementDesk,
  update: Update,
  language: string,
  values: UpdateValues,
  faults: UpdateFault[],
): void {
  const { t, paths, format } = speaking(ctx, res)
  const { statement } = desk
  const { slug, authoritative } = statement
  const source = textFor(update, authoritative, authoritative)
  const stored = valuesOf(update, language)
  const isBehind = faults.some(({ message }) => message === 'desk.updates.fault.changed')
  const beside = isBehind ? { ...stored, language } : language === authoritative ? null : source
  const { dir } = inLanguage('', language)
  const view = {
    action: paths.desk.of(slug, `updates/${update.id}/text`),
    backHref: paths.desk.of(slug, `updates/${update.id}`, { in: language }),
    language,
    dir,
    values,
    faults: faults.map(({ field, message, args }) => ({ field, message: t(message, args) })),
    longest: longestBody,
    beside: beside && { ...inLanguage(beside.title, beside.language), body: beside.body },
    isBehind,
  }
  sendDeskPage(ctx, req, res, desk, 'updates/desk-text', view, {
    status: isBehind ? 409 : faults.length > 0 ? 422 : 200,
    title: t('desk.updates.in', { language: format.language(language) }),
    hasFaults: faults.length > 0,
  })
}
