// The main story in a real browser, in Arabic: read, endorse as an organisation, confirm from the
// mail, be counted and listed, download, withdraw, be gone. With JavaScript, and the same without.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, describe, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import type { BrowserContext, Page } from 'playwright-core'
import { type MessageKey, translator } from '../../src/languages/languages.ts'
import { openBrowser } from '../support/browser.ts'
import { harbour, somebody } from '../support/people.ts'
import { signUpAndConfirm } from '../support/crowd.ts'
import { counts, linkIn, listed } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

const t = translator('ar')
const name = 'مؤسسة «باب» ١٢'
const organisation = { ...harbour, name, acronym: 'باب', country: 'EG' }
const browser = await openBrowser()
after(() => browser.close())

async function openStory() {
  const site = await openSite()
  const slug = await site.publish('naloxone-within-reach', { discreet: false })
  await signUpAndConfirm(site, slug, somebody({ country: 'AR' }))
  return { site, slug, home: `${site.address}/ar/statements/${slug}` }
}

async function read(page: Page, address: string): Promise<void> {
  await page.goto(`${address}/ar`)
  await page.getByRole('link', { name: /النالوكسون في متناول اليد/ }).click()
  assert.equal(await page.locator('html').getAttribute('dir'), 'rtl')
  assert.match(await page.locator('.letter').innerText(), /أصحاب المعالي/)
}

async function fillIn(page: Page, slug: string): Promise<void> {
  await page.goto(new URL(`/ar/statements/${slug}/endorse`, page.url()).href)
  await page.getByRole('link', { name: t('endorse.organisation') }).click()
  const field = (label: MessageKey) => page.getByRole('textbox', { name: t(label) })
  await field('field.name.organisation').fill(organisation.name)
  await field('field.acronym').fill(organisation.acronym)
  await page.getByLabel(t('field.country.organisation')).selectOption(organisation.country)
  await field('field.website').fill('https://hhra.example')
  await field('field.contact_name').fill('Amina Okoro-Contact')
  await field('field.email').fill('amina@hhra.example')
  await page.getByLabel(t('visibility.listed.organisation'), { exact: true }).check()
  await page.getByLabel(t('consent.authorised')).check()
  await page.getByLabel(t('consent.consent.organisation')).check()
  await page.getByRole('button', { name: t('form.continue') }).click()
}

async function send(page: Page): Promise<void> {
  assert.equal(await page.locator('h1').innerText(), t('check.heading'))
  assert.ok(await page.locator('.entry').getByText(name).isVisible())
  await page.getByRole('button', { name: t('check.send') }).click()
  assert.equal(await page.locator('h1').innerText(), t('inbox.heading'))
  assert.match(page.url(), /\/ar\/statements\/[\w-]+\/check-your-inbox$/)
}

async function openMail(page: Page, site: TestSite): Promise<void> {
  await site.deliverMail()
  const mail = await site.inbox.waitFor('amina@hhra.example')
  assert.match(mail.subject, /\p{Script=Arabic}/u)
  await page.goto(site.address + linkIn(mail, 'confirm'))
  assert.equal(await page.locator('h1').innerText(), t('confirm.heading'))
}

async function confirm(page: Page): Promise<void> {
  await page.getByRole('button', { name: t('confirm.button'), exact: true }).click()
  assert.equal(await page.locator('h1').innerText(), t('mine.thanks'))
  const thanks = page.getByText(t('mine.thanks.number', { number: '2' }))
  assert.ok(await thanks.isVisible())
}

async function downloadList(page: Page, href: string): Promise<string[]> {
  await page.goto(`${href}/signatories`)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: t('statement.download-csv') }).click(),
  ])
  const rows = parse(await readFile(await download.path()), { bom: true, columns: true })
  return (rows as { name: string }[]).map((row) => row.name)
}

async function assertGone(page: Page, site: TestSite, slug: string, href: string): Promise<void> {
  await page.goto(href)
  assert.equal(await page.locator('[data-count=organisations]').first().innerText(), '0')
  assert.equal(await page.getByText(name).count(), 0)
  assert.equal((await downloadList(page, href)).includes(name), false)
  assert.equal(await page.getByText(name).count(), 0)
  assert.equal((await listed(site, slug)).length, 1)
  assert.equal((await counts(site, slug))['organisations'], 0)
}

async function newPage(context: BrowserContext, faults: string[]): Promise<Page> {
  const page = await context.newPage()
  page.on('pageerror', (fault) => faults.push(String(fault)))
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  return page
}

describe('an organisation reads in Arabic and endorses', () => {
  for (const javaScriptEnabled of [true, false]) {
    test(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', async () => {
      const { site, slug, home } = await openStory()
      const context = await browser.newContext({ locale: 'ar', javaScriptEnabled })
      const faults: string[] = []
      const page = await newPage(context, faults)
      const onlooker = await newPage(context, faults)
      await onlooker.goto(home)
      const counted = onlooker.locator('[data-count=organisations]').first()
      assert.equal(await counted.innerText(), '0')

      await read(page, site.address)
      await fillIn(page, slug)
      await send(page)
      await openMail(page, site)
      site.clock.advance({ minutes: 2 })
      await confirm(page)
      const own = page.url().split('?')[0] ?? ''

      // the page that was open all the time follows by itself, or when it is loaded again
      if (!javaScriptEnabled) await onlooker.reload()
      await onlooker.locator('[data-count=organisations]', { hasText: /^1$/ }).first().waitFor()
      await page.goto(home)
      assert.equal(await page.locator('[data-count=organisations]').first().innerText(), '1')
      assert.deepEqual(await downloadList(page, home), [
        name,
        (await listed(site, slug))[1]?.['name'],
      ])
      assert.ok(await page.locator('table.signatories').getByText(name).isVisible())

      await page.goto(own)
      await page.getByRole('button', { name: t('mine.withdraw'), exact: true }).click()
      assert.equal(await page.locator('h1').innerText(), t('withdrawn.heading'))
      await assertGone(page, site, slug, home)
      assert.deepEqual(await context.cookies(), [])
      assert.deepEqual(faults, [])
      await context.close()
    })
  }
})
