// Pages and searches of a list that is too long to be looked through: they tell the same as its files.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { rewrite } from '../../src/db/scrub.ts'
import { hideNames } from '../../src/endorsements/hide-names.ts'
import { filtersFrom, noFilters, openList, type TypedFilters } from '../../src/signatories/list.ts'
import { readListPage } from '../../src/signatories/list-page.ts'
import { indexNames } from '../../src/signatories/index-names.ts'
import { wordsFor } from '../../src/signatories/name-index-store.ts'
import { readDays, readListed, recountListed } from '../../src/signatories/listed-store.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { signUpAndConfirm } from '../support/crowd.ts'
import { insertMany } from '../support/many.ts'
import { someOrganisation, somebody } from '../support/people.ts'
import { post } from '../support/signing.ts'
import { openSite } from '../support/site.ts'
import { namesOnPage } from './names-on-page.ts'

describe('a list of 1,300 with an index for names', async () => {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const { db, config } = site.ctx
  const slug = await site.publish()
  await insertMany(site.ctx, slug, 1300)
  await indexNames(db, 1)
  // the only ones of their country, far inside the list
  await signUpAndConfirm(site, slug, somebody({ name: 'Quillfeather of Pokhara', country: 'NP' }))
  await signUpAndConfirm(site, slug, someOrganisation({ country: 'NP' }))
  const statement = await findStatement(db, slug)
  assert.ok(statement)
  const list = (query: string) => `/statements/${slug}/signatories?${query}`

  async function wholeOf(typed: Partial<TypedFilters>, language = 'en'): Promise<number[]> {
    assert.ok(statement)
    const { rows } = await openList(
      db,
      statement,
      language,
      filtersFrom({ ...noFilters, ...typed }),
    )
    return (await Array.fromAsync(rows)).flat().map(({ number }) => number)
  }

  async function pagesOf(typed: Partial<TypedFilters>, countries: string[] | null = null) {
    assert.ok(statement)
    const numbers: number[] = []
    const order = (a: string, b: string) =>
      (countries ?? []).indexOf(a) - (countries ?? []).indexOf(b)
    for (let [offset, total] = [0, 1]; offset < total; offset += 100) {
      const page = await readListPage(db, statement, {
        language: 'en',
        filters: filtersFrom({ ...noFilters, ...typed }),
        limit: 100,
        offset,
        countryOrder: countries === null ? null : order,
      })
      total = page.total
      numbers.push(...page.groups.flatMap(({ rows }) => rows.map((row) => row.number)))
    }
    return numbers
  }

  for (const typed of [
    {},
    { type: 'organisation' },
    { type: 'individual', country: 'UA' },
    { country: 'FR', language: 'en' },
    { q: 'feather 12' },
    { q: 'lliance', country: 'AR' },
    { q: '7' },
    { q: '30', type: 'individual' },
    { q: 'zq' },
    { verification: 'domain' },
    { country: 'NP' },
    { country: 'NP', type: 'individual', language: 'en', verification: 'email' },
  ]) {
    test(`has on its pages what is in its file: ${JSON.stringify(typed)}`, async () => {
      assert.deepEqual(await pagesOf(typed), await wholeOf(typed))
    })
  }

  test('has each country in one piece, one after the other', async () => {
    const countries = ['UA', 'FR', 'NP', 'KE', 'EG', 'AR']
    const expected: number[] = []
    for (const country of countries) expected.push(...(await wholeOf({ country })))
    assert.deepEqual(await pagesOf({}, countries), expected)
    const found: number[] = []
    for (const country of countries)
      found.push(...(await wholeOf({ country, q: 'quillfeather 1' })))
    assert.deepEqual(await pagesOf({ q: 'quillfeather 1' }, countries), found)
  })

  test('says so when more was found than is shown, and counts what filters leave of it', async () => {
    const all = await site.visitor().open(list('q=Quillfeather'))
    assert.match(all.text(), /More than 1,000 entries/)
    assert.match(all.text(), /Only 1,000 of them are shown here/)
    assert.equal(all.$('option[value="KE"]').text(), 'Kenya')
    const grouped = await site.visitor().open(list('q=Quillfeather&group=country'))
    assert.equal(grouped.$('tr.group').first().text(), 'Argentina')
    const some = await site.visitor().open(list('q=Quillfeather&country=KE'))
    const kenyans = await wholeOf({ country: 'KE' })
    assert.match(some.text(), new RegExp(`\\b${kenyans.length} entries`))
    assert.doesNotMatch(some.text(), /are shown here/)
    const one = await site.visitor().open(list('q=Quillfeather+1234'))
    assert.equal(one.$('option[value="KE"]').text(), 'Kenya (0)')
  })

  test('is searched as it is now, whoever comes, leaves or changes their name', async () => {
    const zelda = await signUpAndConfirm(site, slug, somebody({ name: 'Zelda Łomża' }))
    assert.deepEqual(await namesOnPage(site, list('q=lomz')), ['Zelda Łomża'])
    await indexNames(db, 1)
    assert.deepEqual(await namesOnPage(site, list('q=lomz')), ['Zelda Łomża'])
    const page = await site.visitor().open(`/endorsement/${zelda}`)
    await page.fill({ name: 'Zita Gdańsk' }).press('decision=save')
    assert.deepEqual(await namesOnPage(site, list('q=lomz')), [])
    assert.deepEqual(await namesOnPage(site, list('q=a+gdan')), ['Zita Gdańsk'])
    await post(site, `/endorsement/${zelda}`, { decision: 'withdraw' })
    assert.deepEqual(await namesOnPage(site, list('q=gdansk')), [])
    // into the place of the one who left
    await signUpAndConfirm(site, slug, someOrganisation({ name: 'Nuzha "Centre" 100%_' }))
    assert.deepEqual(await namesOnPage(site, list(`q=${encodeURIComponent('"centre" 100%_')}`)), [
      'Nuzha "Centre" 100%_',
    ])
    await rewrite(db, config.database.kind)
    assert.deepEqual(await namesOnPage(site, list('q=uzha')), ['Nuzha "Centre" 100%_'])
  })

  test('is searched for one or two letters, also the last of a name, without looking through it', async () => {
    assert.deepEqual(await namesOnPage(site, list('q=8&country=BT')), [])
    await signUpAndConfirm(site, slug, somebody({ name: 'Quillfeather 8ß9', country: 'BT' }))
    await indexNames(db, 1)
    for (const q of ['9', 's9'])
      assert.deepEqual(await namesOnPage(site, list(`q=${q}&country=BT`)), ['Quillfeather 8ß9'])
    if (config.database.kind === 'postgres') return
    const words = await wordsFor(db, {
      statementId: statement.id,
      q: '8s',
      filters: filtersFrom(noFilters),
    })
    assert.match(words ?? '', /^\("8ss"\) AND /)
  })

  test('knows how many each filter lets through, and how many came on each day, without counting', async () => {
    const known = await cellsNow()
    await recountListed(db, statement.id)
    assert.deepEqual(known, await cellsNow())
    assert.ok(known.length > 5)
  })

  test('finds nobody any more when all are hidden at once', async () => {
    await hideNames(site.ctx, slug, 'individuals', 'test')
    assert.deepEqual(await namesOnPage(site, list('q=Person+Quill')), [])
    assert.deepEqual(await namesOnPage(site, list('q=Quillfeather+121')), [
      'Alliance Quillfeather 121',
      'Alliance Quillfeather 1211',
    ])
    const known = await cellsNow()
    await recountListed(db, statement.id)
    assert.deepEqual(known, await cellsNow())
  })

  async function cellsNow(): Promise<string[]> {
    assert.ok(statement)
    const cells = [...(await readListed(db, statement.id)), ...(await readDays(db, statement.id))]
    return cells.map((cell) => JSON.stringify(cell)).sort()
  }
})
