import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { addPerson, joinAs, signIn } from '../support/desk.ts'
import { openSite } from '../support/site.ts'

const newcomer = { email: 'co@convenor.example', name: 'Co Convenor', role: 'translator' }
const formOfNewcomers = /Add and send/

describe('the team of a statement', () => {
  test('is joined by new people whom a coordinator brings, for this statement only', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const other = await site.publish('community-monitoring-submission')
    const { browser, id } = await signIn(site, 'coordinator')
    await joinAs(site, slug, id, 'coordinator')
    await browser.open(`/desk/statements/${slug}/team`)
    await browser.fill({ email: newcomer.email, name: '' }).press(formOfNewcomers)
    assert.equal(browser.status, 422)
    await browser.fill(newcomer).press(formOfNewcomers)
    assert.match(browser.text(), /Co Convenor · Translator/)
    await site.deliverMail()
    const mail = await site.inbox.waitFor(newcomer.email)
    const link = /https?:\/\/\S+\/desk\/sign-in\/[\w-]+/.exec(mail.text)?.[0] ?? ''
    const theirs = site.browser()
    await theirs.open(link)
    await theirs.press()
    await theirs.open(`/desk/statements/${slug}`)
    assert.equal(theirs.status, 200)
    for (const path of [`/desk/statements/${other}`, '/desk/people']) {
      const { status } = await theirs.open(path)
      assert.ok(status === 404 || status === 403, path)
    }
  })

  test('is handed over: somebody else coordinates, and who did leaves', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const anna = await signIn(site, 'coordinator')
    const ben = await signIn(site, 'coordinator')
    await joinAs(site, slug, anna.id, 'coordinator')
    await anna.browser.open(`/desk/statements/${slug}/team`)
    await anna.browser.fill({ person: ben.id }).press(/Add to the team/)
    await anna.browser.press(/Leave the team/)
    assert.match(anna.browser.url, /\/desk$/)
    await anna.browser.open(`/desk/statements/${slug}`)
    assert.equal(anna.browser.status, 404)
    await ben.browser.open(`/desk/statements/${slug}/switches`)
    assert.equal(ben.browser.status, 200)
  })

  test('lets nobody coordinate without a second factor', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const { id, token } = await addPerson(site, 'viewer')
    await joinAs(site, slug, id, 'coordinator')
    const browser = site.browser()
    await browser.open(`/desk/sign-in/${token}`)
    await browser.press()
    await browser.open(`/desk/statements/${slug}/switches`)
    assert.match(browser.url, /\/desk\/second-factor/)
  })
})
