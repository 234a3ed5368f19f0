import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { firstAdminToken } from '../../src/coordinators/first-admin.ts'
import { issueSignInLink } from '../../src/coordinators/sign-in.ts'
import { addPerson, postAs, send, signIn } from '../support/desk.ts'
import { openSite, type TestSite } from '../support/site.ts'

function linkIn(text: string): string {
  const link = /https?:\/\/\S+\/desk\/sign-in\/[\w-]+/.exec(text)?.[0]
  assert.ok(link, 'the mail has a sign-in link')
  return new URL(link).pathname
}

async function askFor(site: TestSite, email: string) {
  const browser = site.browser()
  await browser.open('/desk')
  await browser.fill({ email }).press()
  await site.deliverMail()
  return browser
}

describe('signing in at the desk', () => {
  test('goes by a link in a mail and a code app, and ends by signing out', async () => {
    const site = await openSite()
    const { email } = await addPerson(site, 'admin')
    const browser = await askFor(site, email)
    const link = linkIn((await site.inbox.waitFor(email)).text)
    await browser.open(link)
    await browser.press('Sign in')
    assert.match(browser.url, /\/desk\/second-factor\/code$/, 'an admin needs a second factor')
    await browser.open('/desk')
    assert.match(browser.url, /second-factor/, 'and sees nothing before')

    const anna = await signIn(site, 'admin')
    await anna.browser.open('/desk')
    assert.equal(anna.browser.status, 200)
    assert.match(anna.browser.text('h1'), /Your statements/)
    await anna.browser.press('Sign out')
    await anna.browser.open('/desk')
    assert.match(anna.browser.url, /\/desk\/sign-in/)
  })

  test('looks the same for an address that nobody has, and sends nothing', async () => {
    const site = await openSite()
    const { email } = await addPerson(site, 'coordinator')
    const known = await askFor(site, email)
    const unknown = await askFor(site, 'nobody@network.example')
    assert.equal(unknown.url, known.url)
    assert.equal(unknown.html, known.html)
    assert.equal(site.inbox.mails.length, 1)
  })

  test('is slowed down for a network that asks very often, whatever it asks', async () => {
    const site = await openSite()
    const ask = () => send(site, '/desk/sign-in', '', { email: '?' })
    for (let n = 0; n < 40; n += 1) await Promise.all(Array.from({ length: 15 }, ask))
    const before = performance.now()
    assert.equal((await ask()).status, 422)
    assert.ok(performance.now() - before >= 450)
  })

  test('a link works once, by the button only, and for fifteen minutes', async () => {
    const site = await openSite()
    const { token } = await addPerson(site, 'viewer')
    const scanner = site.browser()
    for (let n = 0; n < 20; n += 1) await scanner.open(`/desk/sign-in/${token}`)
    assert.deepEqual(scanner.cookies, [], 'looking signs nobody in')
    const browser = site.browser()
    await browser.open(`/desk/sign-in/${token}`)
    await browser.press()
    assert.match(browser.url, /\/desk$/)
    await scanner.press()
    assert.equal(scanner.status, 410)

    const late = await addPerson(site, 'viewer')
    const slow = site.browser()
    site.clock.advance({ minutes: 15, ms: -1 })
    await slow.open(`/desk/sign-in/${late.token}`)
    assert.equal(slow.status, 200)
    site.clock.advance({ ms: 1 })
    await slow.press()
    assert.equal(slow.status, 410)
    assert.match(slow.text(), /Ask for a new link/)
  })

  test('of a hundred who press the button of one link, one is let in', async () => {
    const site = await openSite()
    const { token } = await addPerson(site, 'viewer')
    const press = () =>
      fetch(`${site.address}/desk/sign-in/${token}`, { method: 'POST', redirect: 'manual' })
    const answers = await Promise.all(Array.from({ length: 100 }, press))
    assert.equal(answers.filter(({ status }) => status === 303).length, 1)
    assert.equal(answers.filter(({ status }) => status === 410).length, 99)
  })

  test('nobody can fill the mailbox of a coordinator', async () => {
    const site = await openSite()
    const { email } = await addPerson(site, 'coordinator')
    for (let n = 0; n < 12; n += 1) await askFor(site, email)
    assert.ok(site.inbox.matching(email).length <= 5)
  })
})

describe('a session', () => {
  test('ends after four hours without a form, and after twelve in any case', async () => {
    const site = await openSite()
    const idle = await signIn(site, 'viewer')
    site.clock.advance({ hours: 4 })
    await idle.browser.open('/desk')
    assert.match(idle.browser.url, /sign-in/)

    const busy = await signIn(site, 'viewer')
    for (let hour = 3; hour < 12; hour += 3) {
      site.clock.advance({ hours: 3 })
      await busy.browser.open('/desk/account')
      assert.match(busy.browser.url, /account$/, `still there after ${hour} hours`)
      await postAs(site, busy, '/desk/account/sessions', { end: 'nothing' })
    }
    site.clock.advance({ hours: 3 })
    await busy.browser.open('/desk')
    assert.match(busy.browser.url, /sign-in/)
  })

  test('can be ended from another browser, which sees all of them', async () => {
    const site = await openSite()
    const { id, browser } = await signIn(site, 'viewer')
    const token = await issueSignInLink(site.ctx.db, site.ctx, { coordinatorId: id, seed: 'again' })
    const other = site.browser()
    await other.open(`/desk/sign-in/${token}`)
    await other.press()
    await browser.open('/desk/account')
    assert.match(browser.text(), /This browser/)
    await browser.press('Sign out there')
    await other.open('/desk')
    assert.match(other.url, /sign-in/)
    await browser.open('/desk')
    assert.equal(browser.status, 200)
    assert.match(browser.url, /\/desk$/)
  })

  test('has a cookie that scripts cannot read and other sites do not send', async () => {
    const site = await openSite()
    const { browser } = await signIn(site, 'viewer')
    const [cookie = ''] = browser.cookies
    assert.match(cookie, /HttpOnly/)
    assert.match(cookie, /SameSite=Lax/)
    assert.match(cookie, /Path=\//)
  })
})

describe('the first admin', () => {
  test('lets themselves in by a link that works while nobody is there', async () => {
    const site = await openSite()
    const token = await firstAdminToken(site.ctx)
    const browser = site.browser()
    assert.equal((await browser.open('/desk/first/guessed')).status, 404)
    await browser.open(`/desk/first/${token}`)
    await browser.fill({ name: 'Anna', email: 'not an address' }).press('Begin')
    assert.equal(browser.status, 422)
    await browser.fill({ email: 'anna@network.example' }).press('Begin')
    assert.match(browser.url, /second-factor\/code$/)
    const again = site.visitor()
    await again.open(`/desk/first/${token}`)
    assert.match(again.url, /\/desk\/sign-in$/, 'the old link leads to where people sign in')
  })

  test('is one, also when two press at the same time', async () => {
    const site = await openSite()
    const token = await firstAdminToken(site.ctx)
    const begin = (n: number) =>
      send(site, `/desk/first/${token}`, '', { name: 'Anna', email: `a${n}@network.example` })
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => begin(n)))
    assert.equal(answers.filter(({ status }) => status === 303).length, 1)
    const rows = await site.ctx.db.selectFrom('coordinators').select('id').execute()
    assert.equal(rows.length, 1)
  })
})
