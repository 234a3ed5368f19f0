// Every page in Chromium: no barrier that axe can find (WCAG 2.2 AA) in light and dark, nothing to
// scroll sideways on the narrowest phone, and nothing that the page's own security policy refuses.
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { assertAccessible, axeFor } from '../support/html.ts'
import { openEveryPage } from './pages/campaign.ts'
import { everyVisit } from './pages/visits.ts'

const browser = await openBrowser()
after(() => browser.close())
const narrow = { width: 320, height: 640 }
const wide = { width: 1280, height: 900 }

/** Shows an answer that was fetched, whatever it took to get it, at an address of the site. */
async function show(page: Page, address: string, response: Response): Promise<void> {
  const [body, headers] = [await response.text(), Object.fromEntries(response.headers)]
  await page.unroute('**/shown')
  await page.route('**/shown', (route) => route.fulfill({ status: 200, headers, body }))
  await page.goto(`${address}/shown`, { waitUntil: 'load' })
}

async function assertNarrow(page: Page): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(width <= narrow.width, `${width} px wide on a phone`)
}

/** Only what can differ from the light scheme. */
async function assertReadableInTheDark(page: Page, name: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' })
  const { violations } = await axeFor(page).withRules(['color-contrast']).analyze()
  const places = violations.flatMap(({ nodes }) =>
    nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`),
  )
  assert.deepEqual(places, [], `${name} in the dark`)
  await page.emulateMedia({ colorScheme: 'light' })
}

describe('every page in a browser', async () => {
  const campaign = await openEveryPage()
  const { address } = campaign.site
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  const page = await context.newPage()
  const refused: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) refused.push(message.text())
  })
  page.on('pageerror', (fault) => refused.push(String(fault)))
  const visits = everyVisit(campaign)

  for (const visit of visits) {
    for (const language of ['en', 'ar']) {
      test(`${visit.name} (${language}) has no barriers`, async () => {
        await page.setViewportSize(wide)
        await show(page, address, await visit.open(language === 'en' ? '' : `/${language}`))
        await assertAccessible(page, visit.name)
        // colours do not depend on the language
        if (language === 'en') await assertReadableInTheDark(page, visit.name)
        await page.setViewportSize(narrow)
        await assertNarrow(page)
        assert.deepEqual(refused.splice(0), [])
      })
    }

    test(`${visit.name} fits a phone in languages with long words`, async () => {
      await page.setViewportSize(narrow)
      for (const language of ['es', 'fr', 'ru']) {
        await show(page, address, await visit.open(`/${language}`))
        await assertNarrow(page)
      }
    })
  }
})
