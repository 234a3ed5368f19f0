// The public list (product.md §4): its order, its filters, its pages and its files.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { countryName } from '../../src/text/countries.ts'
import { signUpAndConfirm } from '../support/crowd.ts'
import { harbour, jose, leyla, someOrganisation, somebody } from '../support/people.ts'
import { listed } from '../support/signing.ts'
import { openSite } from '../support/site.ts'
import { namesOnPage } from './names-on-page.ts'
import { readCsv } from './shown-numbers.ts'

const organisations = [
  'Zürich Outreach',
  'The Beacon',
  'Nuzha Centre',
  'Ñandú Collective',
  'Nandi Network',
  'La Alianza',
  "L'Étoile",
  'Oslo Peers',
  'Юность',
  'Ёлка',
  'Вместе',
  'جمعية باب',
  'مؤسسة «باب» ١٢',
  'Łódź Plus',
]

async function openFullSite(people: Record<string, string>[]) {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish()
  for (const person of people) await signUpAndConfirm(site, slug, person)
  return { site, slug }
}

describe('the order of the list', async () => {
  const { site, slug } = await openFullSite([
    somebody({ name: 'Aaron First' }),
    ...organisations.map((name) => someOrganisation({ name })),
    somebody({ name: 'Álvaro Second' }),
  ])

  const latin = ['La Alianza', 'The Beacon', "L'Étoile", 'Łódź Plus']
  const cyrillic = ['Вместе', 'Ёлка', 'Юность']
  const arabic = ['جمعية باب', 'مؤسسة «باب» ١٢']
  const people = ['Aaron First', 'Álvaro Second']
  const nByRoot = ['Nandi Network', 'Ñandú Collective', 'Nuzha Centre']
  const nBySpanish = ['Nandi Network', 'Nuzha Centre', 'Ñandú Collective']
  const last = ['Oslo Peers', 'Zürich Outreach']
  const orders = {
    en: [...latin, ...nByRoot, ...last, ...cyrillic, ...arabic, ...people],
    fr: [...latin, ...nByRoot, ...last, ...cyrillic, ...arabic, ...people],
    es: [...latin, ...nBySpanish, ...last, ...cyrillic, ...arabic, ...people],
    ru: [...cyrillic, ...latin, ...nByRoot, ...last, ...arabic, ...people],
    ar: [...arabic, ...latin, ...nByRoot, ...last, ...cyrillic, ...people],
  }

  for (const [language, expected] of Object.entries(orders)) {
    test(`is that of the page's language: ${language}`, async () => {
      assert.deepEqual(
        await namesOnPage(site, `/${language}/statements/${slug}/signatories`),
        expected,
      )
      const csv = await readCsv(site, `/${language}/statements/${slug}/signatories.csv`)
      assert.deepEqual(
        csv.map((row) => row['name']),
        expected,
      )
    })
  }

  test('does not change where the list is filtered', async () => {
    const { es } = orders
    const path = `/es/statements/${slug}/signatories?type=organisation`
    assert.deepEqual(await namesOnPage(site, path), es.slice(0, -2))
  })
})

describe('the filters of the list', async () => {
  const { site, slug } = await openFullSite([
    harbour,
    jose,
    leyla,
    someOrganisation({ name: '100% Human', country: 'FR' }),
    someOrganisation({ name: 'snake_case collective', country: 'regional' }),
    someOrganisation({ name: 'Back\\slash', country: 'FR' }),
    someOrganisation({ name: 'Łódź Straße', country: 'PL' }),
    someOrganisation({ name: 'Ёлка', country: 'UA' }),
    someOrganisation({ name: 'مُؤَسَّسة باب', country: 'EG' }),
    somebody({ name: 'Nguyễn Thị Ánh', country: 'VN', affiliation: 'Điện Biên Clinic' }),
    somebody({ name: 'İstanbul Işık', country: 'undisclosed' }),
  ])
  const path = (query: Record<string, string>) =>
    `/statements/${slug}/signatories?${new URLSearchParams(query).toString()}`

  const searches: [typed: string, found: string[]][] = [
    ['jose maria nandu', ['José María Ñandú']],
    ['NGUYEN', ['Nguyễn Thị Ánh']],
    ['dien bien', ['Nguyễn Thị Ánh']],
    ['lodz strasse', ['Łódź Straße']],
    ['елка', ['Ёлка']],
    ['موسسه', ['مُؤَسَّسة باب']],
    ['isik', ['İstanbul Işık']],
    ['hhra', ['Harbour Harm Reduction Alliance']],
    ['100%', ['100% Human']],
    ['%', ['100% Human']],
    ['_', ['snake_case collective']],
    ['\\', ['Back\\slash']],
    ["'; drop table signatories; --", []],
    ['nobody at all', []],
    ['Withheld-Name', []],
  ]
  for (const [typed, found] of searches) {
    test(`find “${typed}” as it is meant`, async () => {
      assert.deepEqual(await namesOnPage(site, path({ q: typed })), found)
    })
  }

  test('take organisations or individuals', async () => {
    const people = await namesOnPage(site, path({ type: 'individual' }))
    assert.deepEqual(people, ['İstanbul Işık', 'José María Ñandú', 'Nguyễn Thị Ánh'])
    assert.equal((await namesOnPage(site, path({ type: 'organisation' }))).length, 7)
  })

  test('take one country, and those that are none', async () => {
    assert.deepEqual(await namesOnPage(site, path({ country: 'FR' })), [
      '100% Human',
      'Back\\slash',
    ])
    assert.deepEqual(await namesOnPage(site, path({ country: 'regional' })), [
      'snake_case collective',
    ])
    assert.deepEqual(await namesOnPage(site, path({ country: 'undisclosed' })), ['İstanbul Işık'])
  })

  test('take one way of checking, and one language', async () => {
    const own = await namesOnPage(site, path({ verification: 'domain' }))
    assert.deepEqual(own, ['Harbour Harm Reduction Alliance'])
    assert.equal((await namesOnPage(site, path({ verification: 'email' }))).length, 9)
    assert.equal((await namesOnPage(site, path({ language: 'en' }))).length, 10)
    assert.deepEqual(await namesOnPage(site, path({ language: 'ru' })), [])
  })

  const choices = async (name: string, query: Record<string, string>) => {
    const { $ } = await site.visitor().open(path(query))
    const options = $(`select#${name} option`).toArray().slice(1)
    return options.map((option) => $(option).text())
  }

  test('say how many entries each choice would show, of those that are named', async () => {
    assert.deepEqual(await choices('type', {}), ['Individuals (3)', 'Organisations (7)'])
    assert.deepEqual(await choices('type', { country: 'FR' }), [
      'Individuals (0)',
      'Organisations (2)',
    ])
    assert.ok((await choices('country', { type: 'individual' })).includes('France (0)'))
    assert.ok((await choices('country', {})).includes('France (2)'))
    assert.deepEqual(await choices('language', { q: 'back' }), ['English (1)'])
  })

  test('work together', async () => {
    const query = { q: 'a', type: 'organisation', country: 'FR' }
    assert.deepEqual(await namesOnPage(site, path(query)), ['100% Human', 'Back\\slash'])
    assert.deepEqual(await namesOnPage(site, path({ ...query, type: 'individual' })), [])
  })

  test('let nonsense filter nothing', async () => {
    assert.equal((await namesOnPage(site, path({ type: 'aliens', page: 'x' }))).length, 10)
    assert.equal((await namesOnPage(site, `${path({})}&q=a&q=b&type=`)).length, 10)
  })

  test('offer only the countries that are listed', async () => {
    const visitor = await site.visitor().open(path({}))
    const offered = visitor.$('select#country option').toArray()
    const codes = new Set(offered.map((option) => visitor.$(option).attr('value')))
    assert.deepEqual(
      codes,
      new Set(['', 'AR', 'EG', 'FR', 'KE', 'PL', 'UA', 'VN', 'regional', 'undisclosed']),
    )
  })

  test('give the same entries on the page, in CSV and in JSON', async () => {
    const queries = [
      {},
      { q: 'a' },
      { type: 'individual' },
      { country: 'FR' },
      { q: '100%' },
      { q: 'x' },
    ]
    for (const query of queries) {
      const names = await namesOnPage(site, path(query))
      const search = `?${new URLSearchParams(query).toString()}`
      const csv = await readCsv(site, `/statements/${slug}/signatories.csv${search}`)
      const json = await listed(site, slug, search)
      assert.deepEqual(
        [csv, json].map((rows) => rows.map((row) => row['name'])),
        [names, names],
      )
    }
  })

  test('stay in the links to the files', async () => {
    const visitor = await site.visitor().open(path({ q: 'a', country: 'FR' }))
    const href = visitor.$('.downloads a[href*="signatories.csv"]').attr('href') ?? ''
    assert.equal((await readCsv(site, href)).length, 2)
  })
})

describe('the list by country', async () => {
  const { site, slug } = await openFullSite([
    somebody({ name: 'Zoe', country: 'AR' }),
    someOrganisation({ name: 'Zeta', country: 'AR' }),
    someOrganisation({ name: 'Alpha', country: 'KE' }),
    ...Array.from({ length: 60 }, (_, n) =>
      somebody({ name: `Person ${String(n).padStart(2, '0')}`, country: 'FR' }),
    ),
  ])
  const path = (page: number, language = 'en') =>
    `/${language}/statements/${slug}/signatories?group=country&page=${page}`
  const headings = async (address: string) => {
    const { $ } = await site.visitor().open(address)
    return $('tr.group')
      .toArray()
      .map((heading) => $(heading).text())
  }

  test('puts countries in the order of the language, with organisations first', async () => {
    assert.deepEqual(await headings(path(1)), ['Argentina (2)', 'France (60)'])
    assert.deepEqual((await namesOnPage(site, path(1))).slice(0, 3), ['Zeta', 'Zoe', 'Person 00'])
    assert.deepEqual(await headings(path(1, 'ru')), ['Аргентина (2)', 'Кения (1)', 'Франция (60)'])
  })

  test('goes on with a country on the next page, and brings every entry once', async () => {
    assert.deepEqual(await headings(path(2)), ['France (60)', 'Kenya (1)'])
    const names = [...(await namesOnPage(site, path(1))), ...(await namesOnPage(site, path(2)))]
    assert.equal(names.length, 63)
    assert.equal(new Set(names).size, 63)
    assert.equal(names.at(-1), 'Alpha')
  })

  test('stays so from page to page, and while it is filtered', async () => {
    const visitor = await site.visitor().open(path(1))
    assert.match(visitor.$('nav.paging a[rel=next]').attr('href') ?? '', /group=country/)
    assert.equal(visitor.$('select#group option[selected]').attr('value'), 'country')
    assert.equal(visitor.$('.downloads a[href*=".pdf"][href*="group=country"]').length, 1)
    assert.deepEqual(await headings(`${path(1)}&country=KE`), ['Kenya (1)'])
  })
})

describe('the country of an entry', () => {
  test('is written in the language of the page, also in the files', async () => {
    const { site, slug } = await openFullSite([harbour])
    for (const language of ['en', 'es', 'fr', 'ru', 'ar']) {
      const [row] = await readCsv(site, `/${language}/statements/${slug}/signatories.csv`)
      assert.deepEqual(
        [row?.['country'], row?.['country_name']],
        ['KE', countryName('KE', language)],
      )
    }
  })
})
