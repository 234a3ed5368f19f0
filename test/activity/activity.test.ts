import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { isMessageKey, languages } from '../../src/languages/languages.ts'
import { joinAs, postAs, signIn } from '../support/desk.ts'
import { assertValidHtml } from '../support/html.ts'
import { openSite } from '../support/site.ts'

describe('the activity page', () => {
  test('tells admins who did what, also of people who are gone', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const anna = await signIn(site, 'admin')
    const ben = await signIn(site, 'admin')
    await postAs(site, ben, `/desk/statements/${slug}/switches`, { turn: 'pause' })
    await postAs(site, anna, `/desk/people/${ben.id}`, { remove: 'yes' })
    const { browser } = anna
    await browser.open('/desk/activity')
    const [newest = '', next = ''] = browser
      .$('tbody tr')
      .toArray()
      .map((row) => browser.$(row).text().replaceAll(/\s+/g, ' '))
    assert.match(newest, /Person \d+ Somebody removed Person \d+/)
    assert.match(next, /Person \d+ \(no longer here\) Paused ?what: signing Naloxone within reach/)
  })

  test('is searched by words, people and statements', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const anna = await signIn(site, 'admin')
    await postAs(site, anna, `/desk/statements/${slug}/switches`, { turn: 'pause' })
    const { browser } = anna
    const rows = async (query: string) => {
      await browser.open(`/desk/activity?${query}`)
      return browser.$('tbody tr').length
    }
    const all = await rows('')
    assert.equal(await rows('q=pAused'), 1)
    assert.equal(await rows('q=100%25'), 0)
    assert.match(browser.text(), /Nothing like that was done/)
    const about = await rows('q=naloxone')
    assert.ok(about >= 2 && about < all, `${about} of ${all}`)
    assert.equal(await rows(`who=${anna.id}&q=paused`), 1)
    await browser.open('/es/desk/activity?q=pausa')
    assert.equal(browser.$('tbody tr').length, 1)
  })

  test('tells others only of their statements', async () => {
    const site = await openSite()
    const slug = await site.publish()
    await site.publish('community-monitoring-submission')
    const { browser, id } = await signIn(site, 'viewer')
    await browser.open('/desk/activity')
    assert.match(browser.text(), /Nothing has been done yet/)
    await joinAs(site, slug, id, 'viewer')
    for (const path of ['/desk/activity', `/desk/statements/${slug}/activity`]) {
      await browser.open(path)
      assert.match(browser.text('main'), /Naloxone within reach/)
      assert.doesNotMatch(browser.text('main'), /Community|Signed in|Somebody let in/)
    }
  })

  test('is valid in every language', async () => {
    const site = await openSite()
    await site.publish()
    const { browser } = await signIn(site, 'admin')
    for (const { code } of languages) {
      await browser.open(`${code === 'en' ? '' : `/${code}`}/desk/activity`)
      await assertValidHtml(browser.html, code)
    }
  })

  test('has words for every action of the audit log', () => {
    const file = fileURLToPath(new URL('../../src/audit/audit.ts', import.meta.url))
    const union = /export type Action =((?:\s+\| '[^']+')+)/.exec(readFileSync(file, 'utf8'))?.[1]
    const actions = [...(union ?? '').matchAll(/'([^']+)'/g)].map(([, action = '']) => action)
    assert.ok(actions.length > 20)
    const missing = actions.filter((each) => !isMessageKey(`desk.did.${each.replaceAll(' ', '-')}`))
    assert.deepEqual(missing, [])
  })
})
