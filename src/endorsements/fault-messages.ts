// Faults of the form in the visitor's language: what is wrong and what to do.
import type { Faults } from '../http/page.ts'
import type { MessageKey, Translate } from '../languages/languages.ts'
import type { FormFault } from './endorsement-form.ts'
import type { EndorserType } from './endorsement.ts'

export function faultMessages(faults: FormFault[], type: EndorserType, t: Translate): Faults {
  return faults.map((fault) => ({
    field: fault.field,
    message: t(keyOf(fault, type), {
      field: t(labelOf(fault.field, type)),
      longest: fault.longest,
    }),
  }))
}

const plain = new Set([
  'type.required',
  'type.closed',
  'country.required',
  'country.unknown',
  'email.required',
  'email.invalid',
  'email.too-long',
  'contact_name.required',
  'website.invalid',
  'organisation_kind.unknown',
  'visibility.unknown',
  'authorised.required',
  'consent.required',
  'name.taken',
])

function keyOf({ field, reason }: FormFault, type: EndorserType): MessageKey {
  const own = `${field}.${reason}`
  if (own === 'name.required') return `fault.name.required.${type}`
  return (plain.has(own) ? `fault.${own}` : `fault.text.${reason}`) as MessageKey
}

function labelOf(field: FormFault['field'], type: EndorserType): MessageKey {
  switch (field) {
    case 'name':
    case 'country':
      return `field.${field}.${type}`
    case 'type':
      return 'endorse.choose'
    case 'visibility':
      return 'form.visibility'
    case 'authorised':
    case 'consent':
    case 'updates':
      return 'form.consent'
    case 'acronym':
    case 'affiliation':
    case 'contact_name':
    case 'contact_role':
    case 'email':
    case 'organisation_kind':
    case 'role':
    case 'website':
      return `field.${field}`
  }
}
