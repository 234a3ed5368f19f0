// The endorsement form, empty and filled in.

import type { Faults } from '../../../src/http/page.ts'
import { countriesIn } from '../../../src/text/countries.ts'
import { closesAt, SLUG, type Shared } from './cast.ts'

export const filled = {
  type: 'organisation',
  name: 'Harbour Harm Reduction Alliance',
  acronym: 'HHRA',
  country: 'AT',
  email: 'office@hhra.example',
  contact_name: 'Ines Hofer',
  contact_role: '',
  website: 'https://hhra.example',
  organisation_kind: 'community-led',
  affiliation: '',
  role: '',
  visibility: 'listed',
  authorised: 'yes',
  consent: 'yes',
  updates: '',
}
export const empty = {
  ...Object.fromEntries(Object.keys(filled).map((key) => [key, ''])),
  visibility: 'listed',
}
const kinds = [
  'community-led',
  'ngo',
  'network',
  'faith',
  'academic',
  'professional',
  'union',
  'other',
]

export function formModel(words: Shared, type: string, values: object, faults: Faults) {
  return {
    slug: SLUG,
    title: words.title,
    type,
    values,
    faults,
    countries: countriesIn(words.language),
    kinds,
    visibilities: ['listed', 'withheld'],
    closesAt,
    action: words.paths.endorse(SLUG, undefined, 2),
    honeypot: 'fax_number',
    proof: { challenge: '{"parameters":{}}', sent: '' },
    isCorrection: false,
  }
}
