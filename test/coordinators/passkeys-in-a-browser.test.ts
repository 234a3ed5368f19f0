import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { issueSignInLink } from '../../src/coordinators/sign-in.ts'
import { openBrowser } from '../support/browser.ts'
import { addPerson, type DeskPerson, postAs, signIn } from '../support/desk.ts'
import { openSite, type TestSite } from '../support/site.ts'

/** The site by a name: passkeys do not work with addresses of numbers. */
async function openNamedSite(): Promise<{ site: TestSite; address: string }> {
  const site = await openSite()
  const address = site.address.replace('127.0.0.1', 'localhost')
  site.config.baseUrl = address
  return { site, address }
}

/** Somebody's session in a real browser with a device that answers by itself. */
async function openPage(browser: Browser, address: string, person: DeskPerson): Promise<Page> {
  const page = await openDevice(browser)
  const [name = '', value = ''] = person.browser.cookie.split('=')
  await page.context().addCookies([{ name, value, url: address }])
  return page
}

async function openDevice(browser: Browser): Promise<Page> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const devices = await context.newCDPSession(page)
  await devices.send('WebAuthn.enable')
  await devices.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return page
}

describe('passkeys', async () => {
  const browser = await openBrowser()
  after(() => browser.close())

  test('are made, used instead of a code, and removed', async () => {
    const { site, address } = await openNamedSite()
    const person = await signIn(site, 'admin')
    const page = await openPage(browser, address, person)
    await page.goto(`${address}/desk/account/passkeys`)
    await page.getByLabel('What to call it').fill('My phone')
    await page.getByRole('button', { name: 'Make a passkey' }).click()
    await page.getByRole('button', { name: 'Remove My phone' }).waitFor()

    site.clock.advance({ minutes: 11 })
    await page.goto(`${address}/desk/site`)
    await page.getByRole('button', { name: 'Pause the sending of mail' }).click()
    await page.getByRole('heading', { name: 'Is it still you?' }).waitFor()
    await page.getByRole('button', { name: 'Use a passkey instead' }).click()
    await page.getByText('Off since').waitFor()

    await page.goto(`${address}/desk/account/passkeys`)
    await page.getByRole('button', { name: 'Remove My phone' }).click()
    await page.getByText('You have no passkey yet.').waitFor()
    await page.context().close()
  })

  test('are enough without a code app, for signing in, too; the last one stays', async () => {
    const { site, address } = await openNamedSite()
    const { id, email, token } = await addPerson(site, 'admin')
    const page = await openDevice(browser)
    await page.goto(`${address}/desk/sign-in/${token}`)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByLabel('What to call it').fill('My key')
    await page.getByRole('button', { name: 'Make a passkey' }).click()
    await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor()
    const codes = await page.locator('.codes li').allInnerTexts()
    assert.equal(codes.length, 10)
    await page.getByRole('link', { name: /go on/ }).click()
    await page.getByRole('heading', { name: 'Your statements' }).waitFor()
    await page.goto(`${address}/desk/account/passkeys`)
    await page.getByRole('button', { name: 'Remove My key' }).click()
    await page.getByText('This is your only second factor').first().waitFor()

    const again = async (to: Page) => {
      const seed = site.ctx.random.id()
      const link = await site.ctx.db
        .transaction()
        .execute((tx) => issueSignInLink(tx, site.ctx, { coordinatorId: id, seed }))
      await to.goto(`${address}/desk/sign-in/${link}`)
      await to.getByRole('button', { name: 'Sign in' }).click()
    }
    await again(page)
    await page.getByRole('button', { name: 'Use a passkey instead' }).click()
    await page.getByRole('heading', { name: 'Your statements' }).waitFor()
    await page.context().close()

    const thief = await openDevice(browser)
    await again(thief)
    await thief.goto(`${address}/desk/second-factor/code`)
    assert.match(thief.url(), /\/desk\/second-factor\?/, `${email}: nobody else sets up another`)
    await thief.getByLabel('Code').fill(codes[0] ?? '')
    await thief.getByRole('button', { name: 'Continue' }).click()
    await thief.getByRole('heading', { name: 'Set up a code app' }).waitFor()
    await thief.context().close()
  })

  test('sign for one moment only: the same answer is no use later, or to anybody else', async () => {
    const { site, address } = await openNamedSite()
    const anna = await signIn(site, 'admin')
    const ben = await signIn(site, 'admin')
    const page = await openPage(browser, address, anna)
    await page.goto(`${address}/desk/account/passkeys`)
    await page.getByLabel('What to call it').fill('Key')
    await page.getByRole('button', { name: 'Make a passkey' }).click()
    await page.getByRole('button', { name: 'Remove Key' }).waitFor()
    const sent = page.waitForRequest((request) => request.method() === 'POST')
    await page.goto(`${address}/desk/second-factor`)
    await page.getByRole('button', { name: 'Use a passkey instead' }).click()
    const passkey = new URLSearchParams((await sent).postData() ?? '').get('passkey') ?? ''
    await page.waitForURL(`${address}/desk`)
    await page.context().close()
    assert.match(passkey, /signature/)
    for (const person of [anna, ben]) {
      const again = await postAs(site, person, '/desk/second-factor', { passkey })
      assert.equal(again.status, 422)
    }
    for (const nonsense of ['{', 'null', '{"id":1}', '[]', '"x"']) {
      const answer = await postAs(site, ben, '/desk/account/passkeys', {
        passkey: nonsense,
        name: 'Nonsense',
      })
      assert.equal(answer.status, 422, nonsense)
    }
  })
})
