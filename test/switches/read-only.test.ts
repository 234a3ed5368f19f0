// Read-only: everything can be read, and nothing that visitors send changes anything.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages, translator } from '../../src/languages/languages.ts'
import { switchOff, switchOn } from '../../src/switches/switches.ts'
import { rowsByTable } from '../support/dump.ts'
import { somebody } from '../support/people.ts'
import { counts, post, signAndConfirm, signAndGetLink } from '../support/signing.ts'
import { openSite } from '../support/site.ts'

async function openReadOnly() {
  const site = await openSite()
  const slug = await site.publish()
  const own = await signAndConfirm(site, slug, somebody())
  const link = await signAndGetLink(site, slug, somebody())
  await switchOff(site.ctx, 'writing', 'test')
  site.clock.advance({ seconds: 1 })
  const at = `/statements/${slug}`
  const posts: [path: string, fields: Record<string, string>][] = [
    [`${at}/endorse`, { ...somebody(), checked: 'yes' }],
    [`${at}/check-your-inbox`, { email: 'someone@members.example' }],
    [link, { decision: 'confirm' }],
    [link, { decision: 'not-me' }],
    [own, { decision: 'withdraw' }],
    [own, { decision: 'erase' }],
    ['/find-my-endorsement', { email: 'someone@members.example' }],
  ]
  return { site, slug, own, link, posts }
}

test('every form is refused in every language, with when to come back, and changes nothing', async () => {
  const { site, posts } = await openReadOnly()
  const before = await rowsByTable(site)
  for (const { code } of languages) {
    const t = translator(code)
    for (const [path, fields] of posts) {
      const response = await post(site, `/${code}${path}`, fields)
      assert.deepEqual([response.status, response.headers.get('retry-after')], [503, '300'], path)
      assert.equal(response.headers.get('cache-control'), 'no-store')
      const page = await response.text()
      assert.ok(page.includes(t('error.503.heading')), `${code} ${path}`)
      assert.ok(page.includes(t('notice.read-only')), `${code} ${path}`)
    }
  }
  assert.deepEqual(await rowsByTable(site), before)
})

test('what was typed is sent again with one button, unless another site has typed it', async () => {
  const { site, slug } = await openReadOnly()
  const path = `/statements/${slug}/endorse`
  const strange = await post(site, path, somebody(), { 'sec-fetch-site': 'cross-site' })
  assert.doesNotMatch(await strange.text(), /<form|<input/)
  const visitor = await site.visitor().open('/ar/find-my-endorsement')
  await visitor.fill({ email: 'someone@members.example' }).press()
  assert.equal(visitor.status, 503)
  await switchOn(site.ctx, 'writing', false, 'test')
  site.clock.advance({ seconds: 1 })
  await visitor.press(translator('ar')('error.503.send-again'))
  assert.equal(visitor.text('h1'), translator('ar')('find.sent.heading'))
})

test('a program that asked for JSON is told so in JSON', async () => {
  const { site, slug } = await openReadOnly()
  const headers = { accept: 'application/json' }
  const response = await post(site, `/statements/${slug}/endorse`, somebody(), headers)
  assert.equal(response.status, 503)
  assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/)
  assert.equal(((await response.json()) as { status: number }).status, 503)
})

test('everything can be read, and says in every language that nothing can be changed', async () => {
  const { site, slug, own, link } = await openReadOnly()
  for (const { code } of languages) {
    const t = translator(code)
    for (const path of ['', `/statements/${slug}`, `/statements/${slug}/signatories`, own, link]) {
      const visitor = await site.visitor().open(`/${code}${path}`)
      assert.equal(visitor.status, 200, path)
      assert.equal(visitor.text('.site-notice'), t('notice.read-only'), `${code} ${path}`)
    }
    const form = await site.visitor().open(`/${code}/statements/${slug}/endorse`)
    assert.equal(form.text('.lead'), t('closed.read-only'), code)
    assert.ok(!form.text().includes(t('closed.paused')), 'nothing can be confirmed either')
  }
  assert.equal((await counts(site, slug))['total'], 1)
})

test('afterwards the same link confirms', async () => {
  const { site, slug, link } = await openReadOnly()
  await switchOn(site.ctx, 'writing', false, 'test')
  site.clock.advance({ seconds: 1 })
  assert.equal((await post(site, link, { decision: 'confirm' })).status, 303)
  assert.equal((await counts(site, slug))['total'], 2)
})
