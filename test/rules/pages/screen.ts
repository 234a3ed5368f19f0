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

/** Three windows, because to change one takes longer than to look at it. */
export interface Screen {
  /** Opens an answer that was fetched, whatever it took to get it; @returns what its scripts made. */
  open: (response: Response) => Promise<string>
  /** as wide as a desk; axe stays here once it was brought */
  wide: Page
  /** the narrowest phone */
  narrow: Page
  /** what the browser has refused or failed at since this was asked last */
  refused: () => string[]
}

type Shown = { headers: Record<string, string>; body: string }

const phone = { width: 320, height: 640 }
const desk = { width: 1280, height: 900 }

export async function openScreen(browser: Browser, address: string): Promise<Screen> {
  const context = await browser.newContext({ reducedMotion: 'reduce', viewport: desk })
  const refused: string[] = []
  context.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) refused.push(message.text())
  })
  context.on('weberror', (fault) => refused.push(String(fault.error())))
  let shown: Shown = { headers: {}, body: '' }
  await context.route('**/shown', (route) => route.fulfill({ status: 200, ...shown }))
  const openWindow = async (viewport: typeof desk) => {
    const page = await context.newPage()
    await page.setViewportSize(viewport)
    await page.goto(`${address}/shown`)
    return page
  }
  const page = await openWindow(desk)
  return {
    wide: await openWindow(desk),
    narrow: await openWindow(phone),
    refused: () => refused.splice(0),
    async open(response) {
      shown = { headers: Object.fromEntries(response.headers), body: await response.text() }
      await page.goto(`${address}/shown`, { waitUntil: 'load' })
      return page.content()
    },
  }
}

/** Shows a page in the place of another; what its scripts do, they have done. */
async function put(page: Page, html: string): Promise<void> {
  const finished = html.replaceAll(/<script\b.*?<\/script>/gs, '')
  await page.setContent(finished, { waitUntil: 'load' })
  // who is led to the faults is further down, where the way out may lie over a link
  await page.evaluate(() => scrollTo(0, 0))
}

async function assertNarrow(page: Page, html: string, name: string): Promise<void> {
  await put(page, html)
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(width <= phone.width, `${name} is ${width} px wide on a phone`)
}

/**
 * The pages are the same on both databases, which the rules without a browser show; what a browser
 * makes of them is asked at length on one.
 */
async function assertSame({ open, refused }: Screen, visit: Visit): Promise<void> {
  await open(await visit.open('/ar'))
  assert.deepEqual(refused(), [])
}

/**
 * All there is to check in English and in Arabic, which is read from the right; in the languages whose
 * words are long, whether they fit.
 */
export async function assertWithoutBarriers(screen: Screen, visit: Visit): Promise<void> {
  if (isPostgres) return assertSame(screen, visit)
  const { open, wide, narrow, refused } = screen
  const english = await open(await visit.open(''))
  await put(wide, english)
  await assertAccessible(wide, visit.name)
  await assertReadableInTheDark(wide, visit.name)
  await assertNarrow(narrow, english, visit.name)
  for (const language of ['es', 'fr', 'ru']) {
    const html = await (await visit.open(`/${language}`)).text()
    await assertNarrow(narrow, html, `${visit.name} (${language})`)
  }
  const arabic = await (await visit.open('/ar')).text()
  await assertNarrow(narrow, arabic, `${visit.name} (ar)`)
  await put(wide, arabic)
  await assertAccessibleToo(wide, `${visit.name} (ar)`)
  assert.deepEqual(refused(), [])
}
