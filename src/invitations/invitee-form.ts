// Untrusted input → organisations to invite, or faults: one by hand, or lines pasted from a table.
import type { Fields } from '../http/fields.ts'
import { isLanguage, type MessageArguments, type MessageKey } from '../languages/languages.ts'
import { isCountryCode } from '../text/countries.ts'
import { parseEmailAddress } from '../text/email-address.ts'
import { checkLine, checkName } from '../text/names.ts'
import type { Invitee } from './invite.ts'
import { cellsOf } from './pasted-lines.ts'

export const inviteeFields = ['name', 'email', 'contact_name', 'country', 'language'] as const
type Field = (typeof inviteeFields)[number]

/** What was typed, so that nothing is lost when the form comes back. */
export type InviteeValues = Record<Field | 'rows', string>

export interface InviteeFault {
  field: Field | 'rows'
  message: MessageKey
  args: MessageArguments
}

export type ReadInvitees = { ok: true; value: Invitee[] } | { ok: false; faults: InviteeFault[] }

export const mostLines = 500
const longestLine = 200
const mostFaults = 20
const specialCountries = new Set(['regional', 'international'])

export function readInviteeValues(typed: Fields, language: string): InviteeValues {
  const text = (field: Field | 'rows') => typed[field] ?? ''
  return {
    name: text('name'),
    email: text('email'),
    contact_name: text('contact_name'),
    country: text('country'),
    language: text('language') === '' ? language : text('language'),
    rows: text('rows'),
  }
}

export function readInvitees(values: InviteeValues): ReadInvitees {
  return values.rows.trim() === '' ? readOne(values) : readLines(values)
}

const fault = (field: InviteeFault['field'], message: MessageKey, args: MessageArguments = {}) => ({
  field,
  message,
  args,
})

type ReadOne = { ok: true; value: Invitee } | { ok: false; faults: InviteeFault[] }

function readInvitee(values: Omit<InviteeValues, 'rows'>): ReadOne {
  const name = checkName(values.name, 'organisation')
  const address = parseEmailAddress(values.email)
  const contact = checkLine(values.contact_name, longestLine)
  const country = countryFrom(values.country)
  const language = values.language.toLowerCase()
  if (name.ok && address.ok && contact.ok && country !== undefined && isLanguage(language)) {
    const contactName = contact.value === '' ? null : contact.value
    const about = { name: name.value, contactName, country, language }
    const unknown = { acronym: null, website: null, organisationKind: null }
    return { ok: true, value: { ...about, ...unknown, address: address.value } }
  }
  const faults: InviteeFault[] = []
  if (!name.ok) faults.push(nameFault(name.fault))
  if (!address.ok) faults.push(fault('email', `fault.email.${address.fault}`))
  if (!contact.ok) faults.push(textFault('contact_name', contact.fault))
  if (country === undefined) faults.push(fault('country', 'fault.country.unknown'))
  if (!isLanguage(language)) faults.push(fault('language', 'desk.invitations.fault.language'))
  return { ok: false, faults }
}

type TextFault = Extract<ReturnType<typeof checkLine>, { ok: false }>['fault']

function nameFault(reason: TextFault): InviteeFault {
  return reason === 'required'
    ? fault('name', 'fault.name.required.organisation')
    : textFault('name', reason)
}

function textFault(field: 'name' | 'contact_name', reason: TextFault): InviteeFault {
  const key: MessageKey = reason === 'required' ? 'desk.fault.name' : `fault.text.${reason}`
  return fault(field, key, { longest: longestLine })
}

/** Null when nothing was said, undefined when it is no country. */
function countryFrom(typed: string): string | null | undefined {
  const text = typed.trim()
  if (text === '') return null
  const code = text.length === 2 ? text.toUpperCase() : text.toLowerCase()
  return isCountryCode(code) || specialCountries.has(code) ? code : undefined
}

function readOne(values: InviteeValues): ReadInvitees {
  const read = readInvitee(values)
  return read.ok ? { ok: true, value: [read.value] } : read
}

/** Nothing is taken over as long as one line is wrong: the text comes back with what to mend. */
function readLines({ rows, language }: InviteeValues): ReadInvitees {
  const lines = cellsOf(rows)
  if (lines.length > mostLines) {
    const args = { n: lines.length, most: mostLines }
    return { ok: false, faults: [fault('rows', 'desk.invitations.fault.lines', args)] }
  }
  const value: Invitee[] = []
  const faults: InviteeFault[] = []
  for (const { line, cells } of lines) {
    const read = readInvitee({ ...cells, language: cells.language || language })
    if (read.ok) value.push(read.value)
    else faults.push(fault('rows', lineFault(read.faults), { line }))
  }
  return faults.length === 0
    ? { ok: true, value }
    : { ok: false, faults: faults.slice(0, mostFaults) }
}

function lineFault([first]: InviteeFault[]): MessageKey {
  switch (first?.field) {
    case 'email':
      return 'desk.invitations.fault.line-email'
    case 'name':
      return 'desk.invitations.fault.line-name'
    case 'contact_name':
    case 'country':
    case 'language':
    case 'rows':
    case undefined:
      return 'desk.invitations.fault.line'
  }
}
