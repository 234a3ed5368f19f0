// The signatory list, full and empty.

import { listFormats } from '../../../src/documents/formats.ts'
import { countriesIn } from '../../../src/text/countries.ts'
import {
  counts,
  nobody,
  NOW,
  paging,
  sampleRows,
  SLUG,
  type SamplePages,
  type Shared,
} from './cast.ts'

export function signatorySamples(shared: Shared): SamplePages {
  const { t, paths, format, title } = shared
  const view = {
    slug: SLUG,
    title,
    counts,
    groups: [{ heading: null, rows: sampleRows(format) }],
    q: '',
    isGrouped: false,
    isFiltered: false,
    isCut: false,
    filters: sampleFilters(shared),
    paging,
    files: listFormats.map((kind) => ({
      label: `statement.download-${kind}`,
      href: paths.signatoriesFile(SLUG, kind),
    })),
    citation: { before: '“', title, after: '”, https://sign.example' },
    canReport: true,
    status: 'open',
    namesHidden: null,
    corrections: [
      { day: NOW, organisations: 2, individuals: 40, reason: 'Made by a machine.', language: 'en' },
    ],
    liveVersion: 'Zt3kQ9wXb2Lm8RfA',
    isDiscreet: false,
    isOpen: true,
  }
  const onePage = { page: 1, pages: 1, total: 0, previous: null, next: null }
  const namesHidden = { whose: 'individuals', at: NOW }
  const empty = { ...view, namesHidden, groups: [], counts: nobody, isOpen: false, paging: onePage }
  const byCountry = { name: format.country('UA'), n: 1204 }
  const groups = [{ heading: byCountry, rows: sampleRows(format) }]
  return {
    ...countriesSamples(shared),
    'signatories/list': { title: t('list.heading'), view },
    'signatories/list#by-country': {
      title: t('list.heading'),
      view: { ...view, groups, isGrouped: true },
    },
    'signatories/list#cut': {
      title: t('list.heading'),
      view: { ...view, q: 'an', isFiltered: true, isCut: true },
    },
    'signatories/list#empty': { title: t('list.heading'), view: empty },
  }
}

const choice = (value: string, text: string) => ({ value, text, n: 1204, isChosen: false })

function sampleFilters({ t, format, language }: Shared) {
  const countries = countriesIn(language).slice(0, 40)
  return [
    { name: 'type', choices: [choice('organisation', t('type.organisations'))] },
    { name: 'country', choices: countries.map(({ code, name }) => choice(code, name)) },
    { name: 'verification', choices: [choice('email', t('verification.email'))] },
    { name: 'language', choices: [choice('ru', format.language('ru'))] },
  ]
}

function countriesSamples({ t, format, title }: Shared): SamplePages {
  const rows = ['KE', 'international', 'UA'].map((country, n) => ({
    country,
    name: format.country(country),
    listed: { organisation: 20 - n, individual: 1204 },
    hidden: { organisation: null, individual: n === 0 ? 12 : null },
    total: 1236 - n,
    bars: { named: { x: 0, width: 80 - n }, hidden: n === 0 ? { x: 80, width: 12.5 } : null },
  }))
  const view = {
    slug: SLUG,
    title,
    types: ['organisation', 'individual'],
    counts,
    totals: { organisation: counts.organisations, individual: counts.individuals },
    rows,
    untold: { organisation: 7, individual: 101 },
    hasUntold: true,
    hiddenAsOf: NOW,
    hiddenNote: 'as-of',
    fewestTold: 5,
    namesHidden: null,
    paging,
  }
  const onePage = { page: 1, pages: 1, total: 0, previous: null, next: null }
  const empty = { ...view, counts: nobody, rows: [], hiddenNote: null, paging: onePage }
  return {
    'signatories/countries': { title: t('countries.heading'), view },
    'signatories/countries#empty': { title: t('countries.heading'), view: empty },
  }
}
