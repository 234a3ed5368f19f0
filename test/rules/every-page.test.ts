// Every page of the site in all five languages, as it is sent: valid HTML, light, with its languages
// marked, its addresses told, and nothing that follows visitors.
import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, test } from 'node:test'
import { type CheerioAPI, load } from 'cheerio'
import { languages } from '../../src/languages/languages.ts'
import { assertValidHtml } from '../support/html.ts'
import { assertLanguage, assertNamesIsolated, assertNothingInline } from './pages/as-sent.ts'
import { openEveryPage } from './pages/campaign.ts'
import { everyVisit, type Visit } from './pages/visits.ts'

const firstView = 50_000

/** What a page loads, with the page itself, in bytes as they are before compression. */
function weightOf(html: string, $: CheerioAPI): number {
  const files = $('link[rel=stylesheet], link[rel=icon], script[src]').toArray()
  const sizes = files.map((file) => {
    const path = $(file).attr('href') ?? $(file).attr('src') ?? ''
    return statSync(fileURLToPath(new URL(`../..${path}`, import.meta.url))).size
  })
  return sizes.reduce((sum, size) => sum + size, Buffer.byteLength(html))
}

function assertAddresses($: CheerioAPI, visit: Visit, address: string, language: string): void {
  const isTold = visit.status === 200 && !visit.isPrivate
  const canonical = $('link[rel=canonical]').attr('href')
  const alternates = $('link[rel=alternate][hreflang]').toArray()
  if (!isTold) {
    assert.deepEqual([canonical, alternates.length], [undefined, 0], 'not for search engines')
    return
  }
  const rest = new URL(canonical ?? '').pathname.replace(/^\/(?:es|fr|ru|ar)(?=\/|$)/, '')
  const inLanguage = (code: string) =>
    address + ((code === 'en' ? '' : `/${code}`) + rest.replace(/^\/$/, '') || '/')
  assert.equal(canonical, inLanguage(language))
  const told = alternates.map((each) => [
    $(each).attr('hreflang') ?? '',
    $(each).attr('href') ?? '',
  ])
  assert.deepEqual(Object.fromEntries(told), {
    ...Object.fromEntries(languages.map(({ code }) => [code, inLanguage(code)])),
    'x-default': inLanguage('en'),
  })
}

describe('every page', async () => {
  const campaign = await openEveryPage()
  const { address } = campaign.site

  for (const visit of everyVisit(campaign)) {
    for (const { code } of languages) {
      test(`${visit.name} (${code})`, async () => {
        const response = await visit.open(code === 'en' ? '' : `/${code}`)
        assert.equal(response.status, visit.status)
        const html = await response.text()
        const $ = load(html)
        await assertValidHtml(html, visit.name)
        assert.equal($('h1').length, 1, 'one main heading')
        assert.equal($('title').length, 1)
        if (visit.isMailbox !== true) assertLanguage($, code)
        assertNothingInline($)
        assertNamesIsolated($)
        assertAddresses($, visit, address, code)
        assert.deepEqual(response.headers.getSetCookie(), [])
        assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'/)
        if (visit.isPrivate) {
          assert.equal(response.headers.get('cache-control'), 'no-store')
          assert.match(response.headers.get('x-robots-tag') ?? '', /noindex/)
        }
        const bytes = weightOf(html, $)
        assert.ok(bytes <= firstView || visit.isMailbox === true, `${bytes} bytes on first view`)
      })
    }
  }
})
