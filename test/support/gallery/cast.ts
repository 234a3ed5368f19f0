// The people, numbers and words that the sample models share.

import type { Lang, Paging } from '../../../src/http/page.ts'
import type { Formats } from '../../../src/languages/formats.ts'
import type { Translate } from '../../../src/languages/languages.ts'
import type { Paths } from '../../../src/paths.ts'

/** The words, formats and addresses of the language a sample is made in. */
export interface SampleWords {
  language: string
  t: Translate
  format: Formats
  paths: Paths
}

/** And the title of the sample statement in its own language. */
export interface Shared extends SampleWords {
  title: Lang
}

export interface SamplePage {
  title: string
  view: object
  isPrivate?: boolean
  isLive?: boolean
}
export type SamplePages = Record<string, SamplePage>

export const SLUG = 'naloxone-within-reach'
export const NOW = '2026-11-21T14:05:33.120Z'
export const token = 'q7VdJ4mKc2sX9tLwZb1RfA'
export const closesAt = { instant: '2026-12-04T12:00:00.000Z', zone: 'Europe/London' }
export const counts = {
  organisations: 214,
  individuals: 3802,
  total: 4016,
  countries: 61,
  withheld: 120,
  asOf: NOW,
}
export const nobody = {
  organisations: 0,
  individuals: 0,
  total: 0,
  countries: 0,
  withheld: 0,
  asOf: NOW,
}
export const paging: Paging = {
  page: 2,
  pages: 9,
  total: 412,
  previous: '?page=1',
  next: '?page=3',
}

export function row(
  number: number,
  name: string | null,
  country: string,
  format: Formats,
  more = {},
) {
  return {
    number,
    type: 'organisation',
    name,
    acronym: null,
    affiliation: null,
    role: null,
    country,
    countryName: format.country(country),
    verification: 'email',
    confirmedOn: '2026-11-20',
    late: false,
    isFirst: false,
    ...more,
  }
}

export function sampleRows(format: Formats) {
  return [
    row(1, 'Meridian Network of People Who Use Drugs', 'NL', format, {
      acronym: 'MNPUD',
      verification: 'domain',
    }),
    row(2, 'شبكة المتوسط للحد من المخاطر', 'LB', format),
    row(3, 'Сеть «Право на здоровье»', 'KZ', format, { verification: 'coordinator' }),
    row(4, 'Red de Salud Comunitaria del Sur', 'UY', format, { acronym: 'RSCS' }),
    row(5, '#PowerOfPeers', 'international', format),
    row(6, 'PUD.UA/VOLNA', 'UA', format, { late: true, isFirst: true }),
    row(7, 'Donaudampfschifffahrtsgesellschaftskapitänskajütenputzhilfsverein', 'AT', format),
    row(8, '台灣減害協會', 'TW', format),
    row(1209, 'Amara Lindqvist-Okonkwo', 'SE', format, {
      type: 'individual',
      role: 'Nurse',
      affiliation: 'Harbour Street Clinic',
    }),
    row(3377, null, 'undisclosed', format, { type: 'individual', verification: 'imported' }),
  ]
}
