// The proof of work in a real browser: with JavaScript it arrives, without it nobody misses it, and
// nobody ever waits for it.
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { askForProof } from '../../src/abuse/ask-for-proof.ts'
import { many } from '../../src/abuse/signals.ts'
import { translator } from '../../src/languages/languages.ts'
import { openBrowser } from '../support/browser.ts'
import { somebody } from '../support/people.ts'
import { counts, linkIn, post, sign } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

const t = translator('en')
const name = 'Common Name'
const browser = await openBrowser()
after(() => browser.close())

/** Who signs with this name and a disposable mailbox is suspect from now on, but for a proof. */
async function openUnderAttack() {
  const site = await openSite()
  const slug = await site.publish()
  await askForProof(site.ctx, slug, true, 'test')
  for (let n = 0; n < many.ofText; n += 1) {
    await sign(site, slug, somebody({ name, email: `box-${n}@mailinator.com` }))
  }
  return { site, slug }
}

async function openForm(site: TestSite, slug: string, options: BrowserContextOptions = {}) {
  const page = await (await browser.newContext(options)).newPage()
  const faults: string[] = []
  const loaded: string[] = []
  page.on('pageerror', (fault) => faults.push(String(fault)))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname))
  const open = () => page.goto(`${site.address}/statements/${slug}/endorse?as=individual`)
  return { page, faults, loaded, open }
}

async function fillIn(page: Page, email: string): Promise<void> {
  await page.getByRole('textbox', { name: t('field.name.individual') }).fill(name)
  await page.getByLabel(t('field.country.individual')).selectOption('KE')
  await page.getByRole('textbox', { name: t('field.email') }).fill(email)
  await page.getByLabel(t('consent.consent.individual')).check()
}

async function send(page: Page): Promise<void> {
  await page.getByRole('button', { name: t('form.continue') }).click()
  assert.equal(await page.locator('h1').innerText(), t('check.heading'))
  await page.getByRole('button', { name: t('check.send') }).click()
  assert.equal(await page.locator('h1').innerText(), t('inbox.heading'))
}

async function totalAfterConfirming(site: TestSite, slug: string, email: string) {
  await site.deliverMail()
  const link = linkIn(await site.inbox.waitFor(email), 'confirm')
  assert.equal((await post(site, link, { decision: 'confirm' })).status, 303)
  return (await counts(site, slug))['total']
}

describe('on a statement that asks for a proof of work', () => {
  test('the browser calculates while somebody types, and the proof counts', async () => {
    const { site, slug } = await openUnderAttack()
    const { page, faults, open } = await openForm(site, slug)
    await open()
    await fillIn(page, 'person@mailinator.com')
    await page
      .getByRole('status')
      .filter({ hasText: t('proof.done') })
      .waitFor()
    await send(page)
    assert.equal(await totalAfterConfirming(site, slug, 'person@mailinator.com'), 1)
    assert.deepEqual(faults, [])
    await page.context().close()
  })

  test('without JavaScript the same pages lead to the same end', async () => {
    const { site, slug } = await openUnderAttack()
    const { page, faults, loaded, open } = await openForm(site, slug, { javaScriptEnabled: false })
    await open()
    assert.equal(await page.getByText(t('proof.working')).count(), 0)
    await fillIn(page, 'person@members.example')
    await send(page)
    assert.equal(await totalAfterConfirming(site, slug, 'person@members.example'), 1)
    assert.ok(loaded.every((path) => !path.includes('proof')))
    assert.deepEqual(faults, [])
    await page.context().close()
  })

  test('who is faster than the calculation does not wait for it', async () => {
    const { site, slug } = await openUnderAttack()
    const { page, faults, open } = await openForm(site, slug)
    // a calculation that never ends
    await page
      .context()
      .route('**/proof-worker.js', (route) =>
        route.fulfill({ contentType: 'text/javascript', body: '' }),
      )
    await open()
    await page.getByText(t('proof.working')).waitFor()
    await fillIn(page, 'person@members.example')
    await send(page)
    assert.equal(await totalAfterConfirming(site, slug, 'person@members.example'), 1)
    assert.deepEqual(faults, [])
    await page.context().close()
  })

  test('a page about another statement loads nothing of it', async () => {
    const { site } = await openUnderAttack()
    const other = await site.publish('community-monitoring-submission', { signers: 'both' })
    const { page, loaded, open } = await openForm(site, other)
    await open()
    assert.deepEqual(
      loaded.filter((path) => /proof|altcha/.test(path)),
      [],
    )
    await page.context().close()
  })
})
