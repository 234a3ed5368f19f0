// Untrusted input → a new statement, or faults: the short form for "an execution tomorrow".
import anyAscii from 'any-ascii'
import type { Fields } from '../http/fields.ts'
import type { Invitee } from '../invitations/invite.ts'
import { type ReadInvitees, readInvitees, readInviteeValues } from '../invitations/invitee-form.ts'
import { isLanguage } from '../languages/languages.ts'
import { settingsFrom } from '../statements/assemble-statement.ts'
import { canonicalLanguage } from '../statements/language-files.ts'
import { readAuthoritativeFields } from '../statements/read-fields.ts'
import type { StatementFile } from '../statements/statement.ts'
import { bodyFaults, type EditorFault, explainFaults } from './field-faults.ts'
import { cleanBody } from './text-form.ts'
import { typedTime, writtenTime } from './time-fields.ts'

export type NewValues = Record<string, string>

const names = ['title', 'language', 'kind', 'convenor', 'addressee', 'body', 'rows']

export function typedNew(typed: Fields): NewValues {
  const plain = Object.fromEntries(names.map((name) => [name, typed[name] ?? '']))
  return { ...plain, ...typedTime('closes', typed) }
}

type ReadNew =
  { ok: true; file: StatementFile; invitees: Invitee[] } | { ok: false; faults: EditorFault[] }

/** @param language of invitations when the statement is in none of the site's languages */
export function readNew(values: NewValues, language: string): ReadNew {
  const body = cleanBody(values['body'] ?? '')
  const authoritative = canonicalLanguage(values['language'] ?? '')
  const raw = rawFrom(values)
  const read = readAuthoritativeFields(raw)
  const invited = readInvited(values, language)
  const faults = [
    ...(read.ok ? [] : explainFaults(read.faults, raw).map(onThisForm)),
    ...(authoritative === null
      ? [{ field: 'language', message: 'editor.fault.language' as const }]
      : []),
    ...bodyFaults(body),
    ...(invited.ok ? [] : invited.faults),
  ]
  if (!read.ok || authoritative === null || !invited.ok || faults.length > 0) {
    return { ok: false, faults }
  }
  const { slug, title, summary } = read.fields
  const versions = [{ language: authoritative, title, summary, body }]
  const file = { ...settingsFrom(read.fields), slug, authoritative, versions }
  return { ok: true, file, invitees: invited.value }
}

/** The lines of those who are to be invited; none is fine. */
function readInvited(
  { rows = '', language: theirs = '' }: NewValues,
  language: string,
): ReadInvitees {
  if (rows.trim() === '') return { ok: true, value: [] }
  return readInvitees(readInviteeValues({ rows }, isLanguage(theirs) ? theirs : language))
}

function rawFrom(values: NewValues): Record<string, unknown> {
  const text = (name: string) => (values[name] ?? '').trim()
  return {
    slug: slugFrom(text('title')),
    title: text('title'),
    kind: text('kind'),
    authoritative: true,
    convenors: text('convenor') === '' ? [] : [{ name: text('convenor'), role: 'lead' }],
    addressees: text('addressee') === '' ? [] : [{ name: text('addressee') }],
    closes_at: writtenTime('closes', values),
  }
}

/** This form has one convenor and one addressee. */
function onThisForm(fault: EditorFault): EditorFault {
  return { ...fault, field: fault.field.replace(/^(convenor|addressee)_.*/, '$1') }
}

const longestSlug = 60

/** From a title in any script. */
function slugFrom(title: string): string {
  const words = anyAscii(title).toLowerCase().replaceAll(/['’]/g, '')
  const hyphened = words.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '')
  const cut = hyphened.length > longestSlug ? hyphened.slice(0, longestSlug + 1) : hyphened
  const whole = cut.length > longestSlug ? cut.replace(/-?[^-]*$/, '') : cut
  return whole || hyphened.slice(0, longestSlug).replace(/-+$/, '') || 'statement'
}
