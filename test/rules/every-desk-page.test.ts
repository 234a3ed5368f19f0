// Every page of the desk in all five languages, as it is sent: valid HTML, in one language, nothing
// that a strict policy refuses, and one way to each page. The list of visits is held to the list of
// addresses: a new page of the desk is looked at, or this fails.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type CheerioAPI, load } from 'cheerio'
import { deskRoutes } from '../../src/desk/routes.ts'
import { languages } from '../../src/languages/languages.ts'
import { isPostgres } from '../support/databases.ts'
import { assertValidHtml } from '../support/html.ts'
import { openDeskPages } from './desk-pages/campaign.ts'
import { everyDeskVisit } from './desk-pages/visits.ts'
import { assertLanguage, assertNamesIsolated, assertNothingInline } from './pages/as-sent.ts'

const isAt = (pattern: string, path: string) =>
  new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`).test(path)

/** Two links of the same words to the same page are one too many. */
function assertNoneTwice($: CheerioAPI): void {
  $('nav ul').each((_, list) => {
    const hrefs = $(list)
      .find('a')
      .toArray()
      .map((link) => $(link).attr('href'))
    assert.deepEqual(hrefs, [...new Set(hrefs)], 'each page is linked to once')
  })
}

// words do not come from the database
const codes = isPostgres ? ['ar'] : languages.map(({ code }) => code)

describe('every page of the desk', async () => {
  const campaign = await openDeskPages()
  const visits = await everyDeskVisit(campaign)

  test('is visited', () => {
    const patterns = deskRoutes(campaign.site.ctx)
      .filter(({ method, path }) => method === 'get' && !path.endsWith('.svg'))
      .map(({ path }) => path)
    // the first address that fits is the one that answers
    const answering = (path: string) => patterns.find((each) => isAt(each, path))
    const visited = new Set(visits.map(({ path }) => answering(path ?? '')))
    const forgotten = patterns.filter((each) => !visited.has(each))
    assert.deepEqual(forgotten, ['/desk/first/:token'], 'the first admin comes before all others')
  })

  for (const visit of visits) {
    test(visit.name, async () => {
      for (const code of codes) {
        const response = await visit.open(code === 'en' ? '' : `/${code}`)
        const name = `${visit.name} (${code})`
        assert.equal(response.status, visit.status, name)
        const html = await response.text()
        const $ = load(html)
        // words are escaped: the markup is that of all languages
        if (code === 'ar') await assertValidHtml(html, name)
        assert.equal($('h1').length, 1, `${name}: one main heading`)
        assertLanguage($, code)
        assertNothingInline($)
        assertNamesIsolated($)
        assertNoneTwice($)
        assert.equal(response.headers.get('cache-control'), 'no-store')
        assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/)
      }
    })
  }
})
