// What the site says beside its pages: to search engines, browsers, caches, Tor, and those who find a hole.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readConfig, SettingsFault } from '../../src/config.ts'
import { languages, translator } from '../../src/languages/languages.ts'
import { harbour, jose } from '../support/people.ts'
import { post, sign, signAndConfirm, signAndGetLink } from '../support/signing.ts'
import { openSite, type SiteOptions } from '../support/site.ts'

async function openStatement(options: SiteOptions & { discreet?: boolean } = {}) {
  const site = await openSite(options)
  const slug = await site.publish('naloxone-within-reach', { discreet: options.discreet ?? false })
  const get = (path: string, init: RequestInit = {}) => fetch(site.address + path, init)
  return { site, slug, at: `/statements/${slug}`, get }
}

describe('security.txt', () => {
  test('says whom to tell, until when, and in which languages (RFC 9116)', async () => {
    const { site, get } = await openStatement()
    const response = await get('/.well-known/security.txt')
    assert.equal(response.headers.get('content-type'), 'text/plain; charset=utf-8')
    assert.equal(
      await response.text(),
      [
        'Contact: mailto:signon@undersigned.example',
        'Expires: 2027-01-01T00:00:00.000Z',
        'Preferred-Languages: en, es, fr, ru, ar',
        `Canonical: ${site.address}/.well-known/security.txt`,
        '',
      ].join('\n'),
    )
  })

  test('never expires while the site runs, and never lies more than a year ahead', async () => {
    const { site, get } = await openStatement({ now: '2027-12-31T23:59:59.999Z' })
    const expires = async () =>
      /^Expires: (.+)$/m.exec(await (await get('/.well-known/security.txt')).text())?.[1]
    assert.equal(await expires(), '2028-01-01T00:00:00.000Z')
    site.clock.advance({ ms: 1 })
    assert.equal(await expires(), '2029-01-01T00:00:00.000Z')
  })

  test('takes an address without a name, and one that an address of a page cannot hold', async () => {
    const { get } = await openStatement({ env: { MAIL_FROM: 'a+b%c@sign.example' } })
    const text = await (await get('/.well-known/security.txt')).text()
    assert.match(text, /^Contact: mailto:a%2Bb%25c@sign\.example$/m)
  })
})

async function promiseOfHttps(baseUrl: string): Promise<string | null> {
  const { get } = await openStatement({ env: { BASE_URL: baseUrl } })
  return (await get('/')).headers.get('strict-transport-security')
}

test('a site with HTTPS is never opened without it again, one without HTTPS promises nothing', async () => {
  assert.match((await promiseOfHttps('https://sign.example')) ?? '', /^max-age=31536000\b/)
  assert.equal(await promiseOfHttps('http://sign.example'), null)
})

test('lists of names are kept out of search engines, the statement is not', async () => {
  const { site, slug, at, get } = await openStatement()
  await signAndConfirm(site, slug, jose)
  for (const { code } of languages) {
    for (const list of [
      'signatories',
      'signatories?q=jose',
      'signatories.csv',
      'signatories.json',
    ]) {
      for (const method of ['GET', 'HEAD']) {
        const { headers } = await get(`/${code}${at}/${list}`, { method })
        assert.equal(headers.get('x-robots-tag'), 'noindex', `${method} ${code} ${list}`)
      }
    }
    assert.equal((await get(`/${code}${at}`)).headers.get('x-robots-tag'), null)
  }
})

function noStore({ headers }: Response, which: string): void {
  assert.equal(headers.get('cache-control'), 'no-store', which)
}

test('no cache keeps a page with a form, empty or filled in', async () => {
  const { site, slug, at, get } = await openStatement()
  const own = await signAndConfirm(site, slug, jose)
  const link = await signAndGetLink(site, slug, harbour)
  for (const path of [
    `${at}/endorse`,
    `${at}/endorse?as=individual`,
    `${at}/endorse?as=organisation`,
    `${at}/check-your-inbox`,
    '/find-my-endorsement',
    own,
    `${own}/data.json`,
    link,
  ]) {
    noStore(await get(path), `GET ${path}`)
  }
  const filled = { ...jose, email: 'new@members.example' }
  noStore(await post(site, `${at}/endorse`, {}), 'faults')
  noStore(await post(site, `${at}/endorse`, filled), 'the answers')
  noStore(await post(site, `${at}/endorse`, { ...filled, change: 'yes' }), 'back to the form')
  noStore(await sign(site, slug, filled), 'signing')
  noStore(await post(site, `${at}/check-your-inbox`, { email: 'a@b.example' }), 'resending')
  noStore(await post(site, '/find-my-endorsement', { email: 'a@b.example' }), 'finding')
  noStore(await post(site, '/find-my-endorsement', { email: 'a' }), 'finding nobody')
  noStore(await post(site, own, { decision: 'withdraw' }), 'withdrawing')
})

/** The first two places that the tab key stops at. */
const firstStops = (html: string) =>
  [...html.matchAll(/<(?:a|button|input|select)\b[^>]*>/g)].slice(0, 2).map(([tag]) => tag)

describe('the link to leave fast', () => {
  test('is the second stop on every page about a discreet statement, in its language', async () => {
    const { site, slug, at } = await openStatement({ discreet: true })
    const own = await signAndConfirm(site, slug, jose)
    const link = await signAndGetLink(site, slug, harbour)
    const parts = ['', '/signatories', '/endorse', '/endorse?as=individual', '/check-your-inbox']
    const pages = [...parts.map((part) => at + part), own, link]
    for (const { code } of languages) {
      for (const page of pages) {
        const visitor = await site.visitor().open(`/${code}${page}`)
        const [skip = '', exit = ''] = firstStops(visitor.html)
        assert.match(skip, /class="skip"/, page)
        assert.match(exit, /class="exit"/, page)
        const shown = visitor.$('a.exit')
        assert.equal(shown.text(), translator(code)('site.exit'))
        assert.equal(shown.attr('rel'), 'noopener noreferrer')
        assert.equal(new URL(shown.attr('href') ?? '').hostname, `${code}.wikipedia.org`)
      }
    }
  })

  test('is there while the form is filled in, and after withdrawing', async () => {
    const { site, slug, at } = await openStatement({ discreet: true })
    const own = await signAndConfirm(site, slug, jose)
    for (const [path, fields] of [
      [`${at}/endorse`, {}],
      [`${at}/endorse`, harbour],
      [own, { decision: 'withdraw' }],
    ] as const) {
      const html = await (await post(site, path, fields)).text()
      assert.match(firstStops(html)[1] ?? '', /class="exit"/, path)
    }
  })

  test('is nowhere else', async () => {
    const { site, at } = await openStatement()
    for (const page of ['/', '/statements', at, `${at}/endorse`, '/find-my-endorsement']) {
      assert.equal((await site.visitor().open(page)).$('a.exit').length, 0, page)
    }
  })
})

const onion = `http://${'a2'.repeat(28)}.onion`

describe('Onion-Location', () => {
  test('leads from every page to the same page of the onion service', async () => {
    const { at, get } = await openStatement({ env: { ONION_URL: `${onion}/` } })
    for (const path of [
      '/',
      `/ar${at}?text=es`,
      `${at}/signatories?q=%C3%A4%22`,
      '//elsewhere.example',
    ]) {
      assert.equal((await get(path)).headers.get('onion-location'), onion + path)
    }
  })

  test('is absent without the setting', async () => {
    const { get } = await openStatement()
    assert.equal((await get('/')).headers.get('onion-location'), null)
  })

  test('is refused with an address that is no onion service', () => {
    for (const wrong of ['https://signon.example.org', 'http://short.onion', `${onion}/path`]) {
      assert.throws(() => readConfig({ ONION_URL: wrong }), SettingsFault, wrong)
    }
    assert.equal(readConfig({ ONION_URL: onion }).onionUrl, onion)
  })
})
