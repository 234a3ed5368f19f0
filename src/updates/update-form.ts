// An update as it is typed, for one language.
import type { Fields } from '../http/fields.ts'
import type { MessageArguments, MessageKey } from '../languages/languages.ts'
import { checkText } from '../statements/statement-text.ts'
import { findUnsafeCharacters } from '../text/unsafe-characters.ts'
import type { UpdateText } from './update.ts'

export const longestTitle = 150
/** a mail that is read, and a page of two of them that is light in every script */
export const longestBody = 4_000

export interface UpdateValues {
  title: string
  body: string
  revision: string
}

export interface UpdateFault {
  field: 'title' | 'body'
  message: MessageKey
  args?: MessageArguments
}

export function readUpdateValues({ title, body, revision }: Fields): UpdateValues {
  return {
    title: (title ?? '').normalize('NFC').trim(),
    body: (body ?? '').normalize('NFC').replaceAll(/\r\n?/g, '\n').trim(),
    revision: revision ?? '0',
  }
}

type Read = { ok: true; value: UpdateText } | { ok: false; faults: UpdateFault[] }

/** Both may be empty: then the language is left out. */
export function readUpdateText(values: UpdateValues, language: string): Read {
  const faults = [...titleFaults(values), ...bodyFaults(values)]
  if (faults.length > 0) return { ok: false, faults }
  const { title, body, revision } = values
  return { ok: true, value: { language, title, body, revision: Number(revision) || 0 } }
}

function titleFaults({ title, body }: UpdateValues): UpdateFault[] {
  const field = 'title'
  if (title === '' && body !== '') return [{ field, message: 'desk.updates.fault.title' }]
  if (title.length > longestTitle) {
    return [{ field, message: 'desk.updates.fault.long', args: { most: longestTitle } }]
  }
  const isUnsafe = findUnsafeCharacters(title, 'one line').length > 0
  return isUnsafe ? [{ field, message: 'desk.updates.fault.hidden' }] : []
}

function bodyFaults({ title, body }: UpdateValues): UpdateFault[] {
  const field = 'body'
  if (body === '' && title !== '') return [{ field, message: 'desk.updates.fault.body' }]
  if (body.length > longestBody) {
    return [{ field, message: 'desk.updates.fault.long', args: { most: longestBody } }]
  }
  return checkText(body).map(({ line }) => ({
    field,
    message: 'desk.updates.fault.markup',
    args: { line },
  }))
}
