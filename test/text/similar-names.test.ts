import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { likely, type Named, openSimilarNames, possible } from '../../src/text/similar-names.ts'
import { fixture } from '../support/fixtures.ts'

const named = (name: string, more: Partial<Named> = {}): Named => ({
  name,
  acronym: null,
  country: '',
  domain: null,
  ...more,
})

function whyOf(one: Named, other: Named, least = likely) {
  return openSimilarNames([one], least).similarTo(other)[0]?.why ?? null
}

const why = (one: string, other: string) => whyOf(named(one), named(other))

describe('similar names', () => {
  test('an acronym finds the name it stands for', () => {
    const full = 'International Network of People who Use Drugs'
    assert.deepEqual(why('INPUD', full), ['acronym'])
    assert.deepEqual(why(full, 'I.N.P.U.D.'), ['acronym'])
    assert.deepEqual(why('INPUD', 'Intl. Network of People who use Drugs'), ['acronym'])
    assert.deepEqual(why(full, 'Intl. Network of People who use Drugs'), ['abbreviation'])
    assert.deepEqual(why(full, `INPUD – ${full}`), ['same-name'])
  })

  test('letters of another alphabet find the Latin spelling', () => {
    assert.deepEqual(why('Фонд Надежда', 'Fond Nadezhda'), ['transliteration'])
    assert.deepEqual(why('Надежда', 'Nadejda'), ['transliteration'])
    assert.deepEqual(why('Ассоциация снижения вреда', 'Associacia snizhenija vreda'), [
      'transliteration',
    ])
  })

  test('articles, legal forms, marks and the order of words make no other organisation', () => {
    assert.deepEqual(why('Les Amis du Bus', 'Amis du Bus'), ['article'])
    assert.deepEqual(why('جمعية الأمل', 'جمعية أمل'), ['same-name'])
    assert.deepEqual(why('Deutsche Aidshilfe e.V.', 'Deutsche Aidshilfe'), ['article'])
    assert.deepEqual(why('Women’s Network', 'WOMENS NETWORK'), ['same-name'])
    assert.deepEqual(why('Network Harm Reduction', 'Harm Reduction Network'), ['word-order'])
  })

  test('a slip of the fingers is found', () => {
    assert.deepEqual(why('Streetlight', 'Streetligth'), ['spelling'])
    assert.deepEqual(why('Harm Reducton Network', 'Harm Reduction Network'), ['spelling'])
  })

  test('what follows the same pattern is not joined', () => {
    const apart = [
      ['Harm Reduction Network Nairobi', 'Harm Reduction Network Lagos'],
      ['Harm Reduction Network', 'Harm Reduction Network Lagos'],
      ['Open Door Coalition', 'Open Door Collective'],
      ['Open Door Foundation', 'Open Door Federation'],
      ['Peer Group 1', 'Peer Group 2'],
      ['Peer Network Mali', 'Peer Network Bali'],
    ]
    for (const [one = '', other = ''] of apart) assert.equal(why(one, other), null, one)
  })

  test('another country or another domain speaks against it, the same domain for it', () => {
    const france = named('Open Door', { country: 'FR' })
    const spain = named('Open Door', { country: 'ES' })
    assert.equal(whyOf(france, spain), null)
    const withDomain = (country: string, domain: string) => named('Open Door', { country, domain })
    const here = withDomain('FR', 'door.example')
    assert.deepEqual(whyOf(here, withDomain('ES', 'door.example')), ['same-name', 'domain'])
    assert.equal(whyOf(here, withDomain('FR', 'other.example')), null)
    assert.deepEqual(whyOf(here, withDomain('FR', 'other.example'), possible), ['same-name'])
    assert.deepEqual(whyOf(here, withDomain('FR', 'gmail.com')), ['same-name'])
  })

  test('in the sheet of a form tool exactly the near duplicates are found', () => {
    const truth = JSON.parse(readFileSync(fixture('form-responses.truth.json'), 'utf8')) as Truth
    const sheet = readFileSync(fixture('form-responses.csv'))
    const rows = parse(sheet, { bom: true, relax_column_count: true })
    const passedOver = new Set([
      ...truth.exact_duplicates,
      ...truth.bad_email,
      ...truth.missing_country,
    ])
    const known = openSimilarNames<Named>([])
    const found: number[] = []
    rows.forEach(([, name = '', acronym = '', , , email = ''], at) => {
      if (at === 0 || name.trim() === '' || passedOver.has(at + 1)) return
      const domain = email.trim().split('@')[1] ?? null
      const item = named(name, { acronym: acronym || null, domain })
      if (known.similarTo(item).length > 0) found.push(at + 1)
      known.add(item)
    })
    assert.deepEqual(found, truth.near_duplicates)
  })
})

type Truth = Record<
  'near_duplicates' | 'exact_duplicates' | 'bad_email' | 'missing_country',
  number[]
>
