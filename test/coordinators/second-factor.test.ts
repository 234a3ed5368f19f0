import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { signIn } from '../support/desk.ts'
import { openSite } from '../support/site.ts'

const newcomer = { email: 'new@network.example', name: 'Newcomer', role: 'viewer' }

describe('the second factor', () => {
  test('is asked for again before people are let in, and nothing typed is lost', async () => {
    const site = await openSite()
    const { browser, code } = await signIn(site, 'admin')
    site.clock.advance({ minutes: 11 })
    await browser.open('/desk/people')
    await browser.fill(newcomer).press(/Add and send/)
    assert.equal(browser.status, 403)
    assert.match(browser.text('h1'), /Is it still you/)
    await browser.fill({ second_factor: '000000' }).press()
    assert.equal(browser.status, 422)
    await browser.fill({ second_factor: code() }).press()
    assert.match(browser.url, /\/desk\/people$/)
    assert.match(browser.text(), /Newcomer/)
  })

  test('a code works once', async () => {
    const site = await openSite()
    const { browser, code } = await signIn(site, 'admin')
    site.clock.advance({ minutes: 11 })
    await browser.open('/desk/second-factor')
    const used = code()
    await browser.fill({ second_factor: used }).press(/Continue/)
    assert.match(browser.url, /\/desk$/)
    await browser.open('/desk/second-factor')
    await browser.fill({ second_factor: used }).press(/Continue/)
    assert.equal(browser.status, 422)
  })

  test('five wrong codes end the session', async () => {
    const site = await openSite()
    const { browser } = await signIn(site, 'admin')
    await browser.open('/desk/second-factor')
    for (let n = 0; n < 5; n += 1) {
      await browser.fill({ second_factor: `11111${n}` }).press(/Continue/)
    }
    assert.match(browser.url, /\/desk\/sign-in/)
    await browser.open('/desk')
    assert.match(browser.url, /\/desk\/sign-in/)
  })

  test('a recovery code opens the door once', async () => {
    const site = await openSite()
    const { browser } = await signIn(site, 'admin')
    const codes = browser
      .$('.codes code')
      .map((_, each) => browser.$(each).text())
      .get()
    assert.equal(new Set(codes).size, 10)
    const [first = ''] = codes
    assert.match(first, /^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/)
    await browser.open('/desk/second-factor')
    await browser.fill({ second_factor: first.toUpperCase() }).press(/Continue/)
    assert.match(browser.url, /\/desk$/)
    await browser.open('/desk/second-factor')
    await browser.fill({ second_factor: first }).press(/Continue/)
    assert.equal(browser.status, 422)
  })

  test('is nowhere in the database in clear', async () => {
    const site = await openSite()
    const { browser, id } = await signIn(site, 'admin')
    const row = await site.ctx.db
      .selectFrom('coordinators')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    await browser.open('/desk/second-factor/code')
    const secret = browser.$('code').first().text().replaceAll(' ', '')
    assert.ok(!JSON.stringify(row).includes(secret))
    assert.ok(!JSON.stringify(row).includes('network.example'))
  })
})
