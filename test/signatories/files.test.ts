// The list as files, and page by page (product.md §4 and W-4).
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { signUpAndConfirm } from '../support/crowd.ts'
import { harbour, jose, leyla, someOrganisation, somebody } from '../support/people.ts'
import { openSite } from '../support/site.ts'
import { namesOnPage } from './names-on-page.ts'
import { readCsv } from './shown-numbers.ts'

const columns =
  'number,type,name,acronym,affiliation,role,country,country_name,verification,confirmed_on,language,late'

describe('the files of the list', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const file = async (format: string) => {
    const response = await fetch(`${site.address}/statements/${slug}/signatories.${format}`)
    return { headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) }
  }

  await signUpAndConfirm(site, slug, harbour, 'ar')
  await signUpAndConfirm(site, slug, jose, 'es')
  await signUpAndConfirm(site, slug, leyla)
  await signUpAndConfirm(site, slug, somebody({ name: 'Comma, "Quote"', role: '=1+1' }))
  await signUpAndConfirm(site, slug, someOrganisation({ name: 'GNP+' }))

  test('CSV: UTF-8 with a byte order mark, the columns as promised, RFC 4180', async () => {
    const { headers, bytes } = await file('csv')
    assert.match(headers.get('content-type') ?? '', /^text\/csv; charset=utf-8$/i)
    assert.match(headers.get('content-disposition') ?? '', /^attachment; filename=[\w-]+\.csv$/)
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf])
    const lines = bytes.subarray(3).toString().split('\r\n')
    assert.equal(lines[0], columns)
    assert.ok(
      lines.includes(`4,organisation,GNP+,,,,KE,Kenya,email,2026-11-21,en,false`),
      lines.join('\n'),
    )
    assert.equal(lines.at(-1), '')
    assert.doesNotMatch(bytes.toString(), /[^\r]\n/)
  })

  test('CSV: cells that a spreadsheet would run are guarded, and no other', async () => {
    const rows = await readCsv(site, `/statements/${slug}/signatories.csv`)
    const row = rows.find(({ name }) => name === 'Comma, "Quote"')
    assert.equal(row?.['role'], "'=1+1")
    assert.ok(rows.some(({ name }) => name === 'GNP+'))
  })

  test('JSON: the same keys, exact values, and the counts of the page', async () => {
    const { headers, bytes } = await file('json')
    assert.match(headers.get('content-type') ?? '', /^application\/json/)
    const json = JSON.parse(bytes.toString()) as Record<string, unknown> & {
      signatories: Record<string, unknown>[]
    }
    assert.deepEqual(Object.keys(json), ['statement', 'counts', 'as_of', 'signatories'])
    for (const entry of json.signatories) assert.equal(Object.keys(entry).join(','), columns)
    const entry = json.signatories.find(({ number }) => number === 1)
    assert.deepEqual(entry, {
      number: 1,
      type: 'organisation',
      name: 'Harbour Harm Reduction Alliance',
      acronym: 'HHRA',
      affiliation: null,
      role: null,
      country: 'KE',
      country_name: 'Kenya',
      verification: 'domain',
      confirmed_on: '2026-11-21',
      language: 'ar',
      late: false,
    })
    assert.ok(json.signatories.some(({ role }) => role === '=1+1'))
    assert.deepEqual(json['counts'], {
      organisations: 2,
      individuals: 3,
      total: 5,
      countries: 2,
      withheld: 1,
    })
  })

  test('hold no address, no contact person and no withheld name', async () => {
    for (const format of ['csv', 'json']) {
      const text = (await file(format)).bytes.toString()
      assert.doesNotMatch(text, /@|Amina|Withheld-Name/)
    }
  })

  test('are answered to HEAD without a body', async () => {
    for (const format of ['csv', 'json']) {
      const url = `${site.address}/statements/${slug}/signatories.${format}`
      const response = await fetch(url, { method: 'HEAD' })
      assert.deepEqual([response.status, await response.text()], [200, ''])
    }
  })
})

describe('the pages of the list', () => {
  test('bring every entry once, with links to the next and the one before', async () => {
    const site = await openSite({ env: { LIMITS: 'off' } })
    const slug = await site.publish()
    const everybody = Array.from({ length: 130 }, (_, n) => `Person ${String(n).padStart(3, '0')}`)
    for (const name of everybody) await signUpAndConfirm(site, slug, somebody({ name }))
    await signUpAndConfirm(site, slug, leyla)
    const seen: string[] = []
    let next: string | undefined = `/statements/${slug}/signatories?type=individual`
    let pages = 0
    while (next !== undefined) {
      seen.push(...(await namesOnPage(site, next)))
      const visitor = await site.visitor().open(next)
      pages += 1
      assert.equal(visitor.$('nav.paging a[rel=prev]').length, pages > 1 ? 1 : 0)
      next = visitor.$('nav.paging a[rel=next]').attr('href')
      if (next !== undefined) assert.match(next, /type=individual/)
    }
    assert.deepEqual(seen, everybody)
    assert.ok(pages > 1)
    const beyond = await site.visitor().open(`/statements/${slug}/signatories?page=99`)
    assert.equal(beyond.status, 200)
    await beyond.open(beyond.$('nav.paging a[rel=prev]').attr('href') ?? '')
    assert.match(beyond.text('main'), /Person 129/)
  })
})
