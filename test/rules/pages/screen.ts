// A window of Chromium in which the rules look at answers: with their own security policy, wide and
// narrow, light and dark.
import assert from 'node:assert/strict'
import type { Browser, Page } from 'playwright-core'
import { isPostgres } from '../../support/databases.ts'
import {
  assertAccessible,
  assertAccessibleToo,
  assertReadableInTheDark,
} from '../../support/html.ts'
import type { Visit } from './visits.ts'

export interface Screen {
  page: Page
  /** Shows an answer that was fetched, whatever it took to get it, at an address of the site. */
  show: (response: Response) => Promise<void>
  /** Shows the same in another language in its place, which is sooner done; its scripts have run. */
  exchange: (response: Response) => Promise<void>
  /** what the browser has refused or failed at since this was asked last */
  refused: () => string[]
}

type Shown = { headers: Record<string, string>; body: string }

const narrow = { width: 320, height: 640 }
const wide = { width: 1280, height: 900 }

export async function openScreen(browser: Browser, address: string): Promise<Screen> {
  const context = await browser.newContext({ reducedMotion: 'reduce', viewport: wide })
  const page = await context.newPage()
  const refused: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) refused.push(message.text())
  })
  page.on('pageerror', (fault) => refused.push(String(fault)))
  let shown: Shown = { headers: {}, body: '' }
  await page.route('**/shown', (route) => route.fulfill({ status: 200, ...shown }))
  return {
    page,
    refused: () => refused.splice(0),
    async show(response) {
      shown = { headers: Object.fromEntries(response.headers), body: await response.text() }
      await page.goto(`${address}/shown`, { waitUntil: 'load' })
    },
    async exchange(response) {
      const body = (await response.text()).replaceAll(/<script\b.*?<\/script>/gs, '')
      await page.setContent(body, { waitUntil: 'load' })
    },
  }
}

async function assertNarrow(page: Page, name: string): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(width <= narrow.width, `${name} is ${width} px wide on a phone`)
}

/**
 * The pages are the same on both databases, which the rules without a browser show; what a browser
 * makes of them is asked at length on one.
 */
async function assertSame({ page, show, refused }: Screen, visit: Visit): Promise<void> {
  await page.setViewportSize(narrow)
  await show(await visit.open('/ar'))
  await assertNarrow(page, visit.name)
  assert.deepEqual(refused(), [])
}

/**
 * All there is to check in English and in Arabic, which is read from the right; in the languages whose
 * words are long, whether they fit. The window is resized as seldom as can be.
 */
export async function assertWithoutBarriers(screen: Screen, visit: Visit): Promise<void> {
  const { page, show, exchange } = screen
  if (isPostgres) return assertSame(screen, visit)
  await show(await visit.open(''))
  await assertAccessible(page, visit.name)
  await assertReadableInTheDark(page, visit.name)
  await page.setViewportSize(narrow)
  await assertNarrow(page, visit.name)
  for (const language of ['es', 'fr', 'ru', 'ar']) {
    await exchange(await visit.open(`/${language}`))
    await assertNarrow(page, `${visit.name} (${language})`)
  }
  await page.setViewportSize(wide)
  // who is led to the faults is further down, where the way out may lie over a link
  await page.evaluate(() => scrollTo(0, 0))
  await assertAccessibleToo(page, `${visit.name} (ar)`)
  assert.deepEqual(screen.refused(), [])
}
