import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { signIn } from '../support/desk.ts'
import { openSite } from '../support/site.ts'

describe('every page of the desk', () => {
  test('leads to each other page once', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const { browser } = await signIn(site, 'admin')
    await browser.open(`/desk/statements/${slug}`)
    const links = browser.$('.desk-bar a').toArray()
    const hrefs = links.map((link) => browser.$(link).attr('href'))
    assert.ok(hrefs.length > 15)
    assert.deepEqual(hrefs, [...new Set(hrefs)])
  })

  test('does not say that there are no cookies, because there is one', async () => {
    const site = await openSite()
    const { browser } = await signIn(site, 'viewer')
    await browser.open('/desk')
    assert.match(browser.text('footer'), /No trackers. One cookie keeps you signed in/)
    await browser.open('/')
    assert.match(browser.text('footer'), /No cookies, no trackers/)
  })
})
