import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { showSecondFactor } from '../../src/coordinators/second-factor.ts'
import { readSession } from '../../src/coordinators/sessions.ts'
import { issueSignInLink } from '../../src/coordinators/sign-in.ts'
import { type DeskPerson, keyOf, send, signIn } from '../support/desk.ts'
import { openSite, type TestSite } from '../support/site.ts'

/** Sends a code from one browser, many times at once where there are many codes. */
async function tryCodes(site: TestSite, person: DeskPerson, codes: string[]) {
  const form_key = await keyOf(person)
  const { cookie } = person.browser
  const path = '/desk/second-factor'
  return Promise.all(
    codes.map((second_factor) => send(site, path, cookie, { form_key, second_factor })),
  )
}

/** Six digits each, none of them right but by a chance of one in a thousand. */
const wrongCodes = (n: number) => Array.from({ length: n }, (_, each) => `99990${each % 10}`)

/** A new session by a link, as whoever reads the mailbox can open one. */
async function again(site: TestSite, { id, email, code }: DeskPerson): Promise<DeskPerson> {
  const link = { coordinatorId: id, seed: site.ctx.random.id() }
  const token = await issueSignInLink(site.ctx.db, site.ctx, link)
  const browser = site.browser()
  await browser.open(`/desk/sign-in/${token}`)
  await browser.press()
  return { id, email, code, browser }
}

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
    assert.match(browser.url, /\/desk\/people\?sent=yes$/)
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

  test('a right code that came along with five wrong ones is too late', async () => {
    const site = await openSite()
    const person = await signIn(site, 'admin')
    const token = person.browser.cookie.replace('desk=', '')
    // as all of them found it when they came in
    const session = await readSession(site.ctx, token)
    assert.ok(session)
    const show = (code: string) => showSecondFactor(site.ctx, session, { code, passkey: '' })
    const wrong = await Promise.all(wrongCodes(9).map(show))
    assert.deepEqual(wrong.toSorted(), [
      ...Array<string>(5).fill('ended'),
      ...Array<string>(4).fill('wrong'),
    ])
    assert.equal(await show(person.code()), 'ended')
  })

  test('who has the mailbox cannot try code after code by new links', async () => {
    const site = await openSite()
    const person = await signIn(site, 'admin')
    const recovery = person.browser.$('.codes code').first().text()
    for (let n = 0; n < 4; n += 1) {
      await tryCodes(site, await again(site, person), wrongCodes(5))
    }
    const late = await again(site, person)
    const [refused] = await tryCodes(site, late, [person.code()])
    assert.equal(refused?.status, 422)
    assert.match((await refused?.text()) ?? '', /a recovery code/)
    const [known] = await tryCodes(site, late, [recovery])
    assert.equal(known?.headers.get('location'), '/desk', 'nobody can guess one of these')
    site.clock.advance({ hours: 24 })
    const tomorrow = await again(site, person)
    const [let_in] = await tryCodes(site, tomorrow, [person.code()])
    assert.equal(let_in?.headers.get('location'), '/desk')
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
