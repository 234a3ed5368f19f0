import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findStatement } from '../../src/statements/find-statement.ts'
import { joinAs, postAs, signIn } from '../support/desk.ts'
import { harbour, jose } from '../support/people.ts'
import { sign, signAndConfirm } from '../support/signing.ts'
import { openSite } from '../support/site.ts'

describe('signing of one statement', () => {
  test('is paused and resumed at the desk, and the deadline can make up for it', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const { browser, id } = await signIn(site, 'coordinator')
    await joinAs(site, slug, id, 'coordinator')
    const closes = async () => (await findStatement(site.ctx.db, slug))?.closesAt?.instant ?? ''
    const before = await closes()
    await browser.open(`/desk/statements/${slug}/switches`)
    await browser.press(/Pause signing/)
    assert.match(browser.text(), /Signing is paused since/)
    assert.equal((await sign(site, slug, jose)).status, 409)
    site.clock.advance({ hours: 2 })
    await browser.press(/extend the deadline/)
    assert.equal((await sign(site, slug, jose)).status, 303)
    assert.equal(Date.parse(await closes()) - Date.parse(before), 2 * 3_600_000)
    await browser.press(/Pause signing/)
    await browser.press(/the deadline stays/)
    assert.equal(Date.parse(await closes()) - Date.parse(before), 2 * 3_600_000)
  })

  test('is paused by one of two, and the other is told', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const path = `/desk/statements/${slug}/switches`
    const [anna, ben] = [await signIn(site, 'admin'), await signIn(site, 'admin')]
    const both = await Promise.all(
      [anna, ben].map((person) => postAs(site, person, path, { turn: 'pause' })),
    )
    const told = both.find(({ status }) => status === 409)
    assert.deepEqual(
      both.map(({ status }) => status).toSorted((a, b) => a - b),
      [303, 409],
    )
    assert.match((await told?.text()) ?? '', /somebody else was faster/)
  })
})

describe('hiding names at the desk', () => {
  test('needs a tick and a fresh second factor, and cannot be taken back', async () => {
    const site = await openSite()
    const slug = await site.publish()
    await signAndConfirm(site, slug, harbour)
    await signAndConfirm(site, slug, jose)
    const { browser, id, code } = await signIn(site, 'coordinator')
    await joinAs(site, slug, id, 'coordinator')
    site.clock.advance({ minutes: 11 })
    await browser.open(`/desk/statements/${slug}/switches`)
    await browser
      .choose('whose', 'everyone')
      .tick('sure')
      .press(/Hide these names/)
    assert.equal(browser.status, 403)
    const list = () => site.visitor().open(`/statements/${slug}/signatories`)
    assert.match((await list()).text(), /Harbour Harm Reduction/)
    await browser.fill({ second_factor: code() }).press()
    assert.equal(browser.status, 200)
    assert.match(browser.text(), /All names were hidden/)
    assert.doesNotMatch((await list()).text(), /Harbour Harm Reduction|Ñandú/)
    await browser.press(/Hide these names/)
    assert.equal(browser.status, 422)
    assert.match(browser.text(), /Tick that you know/)
  })
})

describe('the whole site', () => {
  test('is made read-only by an admin, who can also end it', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const { browser, code } = await signIn(site, 'admin')
    await browser.open('/desk/site')
    await browser.press(/read-only/)
    assert.match(browser.text(), /Off since/)
    site.clock.advance({ minutes: 11 })
    assert.equal((await sign(site, slug, jose)).status, 503)
    await browser.press(/extend the deadlines/)
    assert.equal(browser.status, 403)
    await browser.fill({ second_factor: code() }).press()
    assert.doesNotMatch(browser.text(), /Off since/)
    site.clock.advance({ seconds: 2 })
    assert.equal((await sign(site, slug, jose)).status, 303)
  })

  test('is nothing that others turn off', async () => {
    const site = await openSite()
    const ben = await signIn(site, 'coordinator')
    const answer = await postAs(site, ben, '/desk/site', { what: 'signing', turn: 'off' })
    assert.equal(answer.status, 403)
  })
})
