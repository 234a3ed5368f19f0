// Untrusted input → a new person of the desk, or faults by field.
import type { Fields } from '../http/fields.ts'
import type { Faults } from '../http/page.ts'
import type { MessageKey, Translate } from '../languages/languages.ts'
import { type EmailAddress, parseEmailAddress } from '../text/email-address.ts'
import { checkLine } from '../text/names.ts'
import { isRole, type Role } from './roles.ts'

const fields = ['email', 'name', 'organisation', 'role'] as const
type Field = (typeof fields)[number]

/** What was typed, so that nothing is lost when the form comes back. */
export type PersonValues = Record<Field, string>

export interface Person {
  address: EmailAddress
  name: string
  organisation: string
  role: Role
}

export interface PersonFault {
  field: Field
  message: MessageKey
}

const longestLine = 200
const labels = {
  email: 'field.email',
  name: 'desk.field.name',
  organisation: 'desk.field.organisation',
  role: 'desk.field.role',
} as const

/** In words that say which field is meant. */
export function toldFaults(faults: PersonFault[], t: Translate): Faults {
  return faults.map(({ field, message }) => ({
    field,
    message: t(message, { field: t(labels[field]), longest: longestLine }),
  }))
}

export function readPersonValues(typed: Fields): PersonValues {
  const text = (field: Field) => typed[field] ?? ''
  return {
    email: text('email'),
    name: text('name'),
    organisation: text('organisation'),
    role: text('role'),
  }
}

export function readPerson(
  values: PersonValues,
): { ok: true; value: Person } | { ok: false; faults: PersonFault[] } {
  const address = parseEmailAddress(values.email)
  const name = checkLine(values.name, longestLine)
  const organisation = checkLine(values.organisation, longestLine)
  const { role } = values
  if (address.ok && name.ok && name.value !== '' && organisation.ok && isRole(role)) {
    const value = {
      address: address.value,
      name: name.value,
      organisation: organisation.value,
      role,
    }
    return { ok: true, value }
  }
  const faults: PersonFault[] = []
  if (!address.ok) faults.push({ field: 'email', message: `fault.email.${address.fault}` })
  if (!name.ok) faults.push({ field: 'name', message: `fault.text.${name.fault}` })
  else if (name.value === '') faults.push({ field: 'name', message: 'desk.fault.name' })
  if (!organisation.ok) {
    faults.push({ field: 'organisation', message: `fault.text.${organisation.fault}` })
  }
  if (!isRole(role)) faults.push({ field: 'role', message: 'desk.fault.role' })
  return { ok: false, faults }
}
