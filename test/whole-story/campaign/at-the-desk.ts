// Somebody at the desk in a real browser: what they click, and their second factor.
import assert from 'node:assert/strict'
import { Secret, TOTP } from 'otpauth'
import type { Browser, Page } from 'playwright-core'
import type { TestSite } from '../../support/site.ts'

export interface Worker {
  page: Page
  email: string
  /** a device that makes passkeys; the code app is the alternative, and all there is without JavaScript */
  hasPasskey: boolean
  code: () => string
}

export const press = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name }).click()

export const follow = (page: Page, name: string | RegExp) =>
  page
    .getByRole('link', { name, exact: typeof name === 'string' })
    .first()
    .click()

/** A page of the statement, from the navigation at the top. */
export const turnTo = (page: Page, name: string) =>
  page
    .getByRole('navigation', { name: 'Statement' })
    .getByRole('link', { name, exact: true })
    .click()

/** The page says so somewhere in its main part. */
export async function sees(page: Page, words: string | RegExp): Promise<void> {
  await page.getByRole('main').getByText(words).first().waitFor()
}

export async function fillIn(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) {
    await page.getByLabel(label, { exact: true }).fill(value)
  }
}

export const choose = (page: Page, name: string, label: string) =>
  page.getByRole('combobox', { name, exact: true }).selectOption({ label })

/** @param hasPasskey their device makes passkeys by itself; needs JavaScript */
export async function openPage(browser: Browser, hasPasskey: boolean, javaScriptEnabled: boolean) {
  const context = await browser.newContext({ javaScriptEnabled })
  const page = await context.newPage()
  if (!hasPasskey) return page
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

/** From the page that shows the key: a code app, which goes on with the clock because each code works once. */
export async function setUpCode(site: TestSite, page: Page): Promise<() => string> {
  const key = await page.locator('code').first().innerText()
  const app = new TOTP({ secret: Secret.fromBase32(key.replaceAll(' ', '')) })
  const code = () => {
    site.clock.advance({ seconds: 30 })
    return app.generate({ timestamp: site.clock.now().getTime() })
  }
  await fillIn(page, { Code: code() })
  await press(page, 'Switch it on')
  await sees(page, 'Keep your recovery codes')
  await follow(page, 'I have kept them: go on')
  return code
}

/** Days later: the session is over, and a link by mail opens a new one. */
export async function signInAgain(site: TestSite, { page, email, hasPasskey, code }: Worker) {
  site.inbox.clear()
  await page.goto(`${site.config.baseUrl}/desk`)
  await fillIn(page, { 'E-mail address': email })
  await press(page, 'Send me the link')
  await sees(page, 'Look into your inbox')
  await followMail(site, page, email)
  await press(page, 'Sign in')
  if (!hasPasskey) await fillIn(page, { Code: code() })
  await press(page, hasPasskey ? 'Use a passkey instead' : 'Continue')
  await page.getByRole('heading', { name: 'Your statements' }).waitFor()
}

/** Opens the sign-in link that came by mail. */
export async function followMail(site: TestSite, page: Page, email: string): Promise<void> {
  await site.deliverMail()
  const mail = await site.inbox.waitFor(email)
  const link = /https?:\S+\/sign-in\/\S+/.exec(mail.text)?.[0]
  assert.ok(link, mail.text)
  await page.goto(link)
}
