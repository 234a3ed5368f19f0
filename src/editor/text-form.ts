// Untrusted input → the text of a language version, or faults.
import type { Fields } from '../http/fields.ts'
import { readTranslationFields } from '../statements/read-fields.ts'
import type { LanguageVersion } from '../statements/statement.ts'
import { bodyFaults, type EditorFault, explainFaults } from './field-faults.ts'

export interface TextValues {
  title: string
  summary: string
  body: string
}

export function typedText(typed: Fields): TextValues {
  const { title = '', summary = '', body = '' } = typed
  return { title, summary: summary.replaceAll(/\s*\r?\n\s*/g, ' ').trim(), body }
}

/** Line ends, Unicode form and margins as the text of a statement file has them. */
export function cleanBody(typed: string): string {
  const lines = typed.replaceAll(/\r\n?/g, '\n').normalize('NFC')
  return lines.replace(/^(?:[ \t]*\n)+/, '').trimEnd()
}

export function readText(
  values: TextValues,
  language: string,
): { ok: true; text: LanguageVersion } | { ok: false; faults: EditorFault[] } {
  const raw = { title: values.title, summary: values.summary }
  const read = readTranslationFields(raw)
  const body = cleanBody(values.body)
  const faults = [...(read.ok ? [] : explainFaults(read.faults, raw)), ...bodyFaults(body)]
  if (!read.ok || faults.length > 0) return { ok: false, faults }
  const { title, summary } = read.fields
  return { ok: true, text: { language, title, summary, body } }
}
