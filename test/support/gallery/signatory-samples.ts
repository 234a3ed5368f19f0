// The signatory list, full and empty.

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
  const { t, paths, format, language, title } = shared
  const view = {
    slug: SLUG,
    title,
    counts,
    rows: sampleRows(format),
    filters: { q: '', type: '', country: '' },
    countries: countriesIn(language).slice(0, 40),
    paging,
    csvHref: paths.signatoriesFile(SLUG, 'csv'),
    jsonHref: paths.signatoriesFile(SLUG, 'json'),
    status: 'open',
    namesHidden: null,
    liveVersion: 'Zt3kQ9wXb2Lm8RfA',
    isDiscreet: false,
    isOpen: true,
  }
  const onePage = { page: 1, pages: 1, total: 0, previous: null, next: null }
  const namesHidden = { whose: 'individuals', at: NOW }
  const empty = { ...view, namesHidden, rows: [], counts: nobody, isOpen: false, paging: onePage }
  return {
    'signatories/list': { title: t('list.heading'), view },
    'signatories/list#empty': { title: t('list.heading'), view: empty },
  }
}
