// Who withdraws leaves pages that are open already (product.md P-7), in a real browser and under the
// site's own security policy; and who finds no place to listen sees the numbers change, too.
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import pino from 'pino'
import type { BrowserContext, Page } from 'playwright-core'
import { openContext } from '../../src/context.ts'
import { hideNames } from '../../src/endorsements/hide-names.ts'
import { startSite } from '../../src/main.ts'
import { openBrowser } from '../support/browser.ts'
import { listen } from '../support/live-listener.ts'
import { somebody } from '../support/people.ts'
import { post, signAndConfirm } from '../support/signing.ts'
import { openSite } from '../support/site.ts'
import { until } from '../support/until.ts'

const browser = await openBrowser()
after(() => browser.close())

async function openCampaign(changes = {}) {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish('naloxone-within-reach', { discreet: false, ...changes })
  const own = await signAndConfirm(site, slug, somebody({ name: 'Leaving Person' }))
  await signAndConfirm(site, slug, somebody({ name: 'Staying Person' }))
  return { site, slug, own, tick: () => tick(site) }
}

const quiet = pino({ level: 'silent' })
type Site = Awaited<ReturnType<typeof openSite>>

/** Time passes, and the timer looks for changes. */
async function tick(site: Site): Promise<void> {
  site.clock.advance({ minutes: 1 })
  await site.ctx.liveCounts.tick()
}

async function openPage(
  t: { after(close: () => Promise<void>): void },
  url: string,
  watch: (context: BrowserContext) => Promise<void> = async () => undefined,
) {
  const context = await browser.newContext()
  t.after(() => context.close())
  await watch(context)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text())
  })
  page.on('pageerror', (fault) => faults.push(String(fault)))
  await page.goto(url)
  return { page, faults }
}

const shows = async (page: Page, name: string) =>
  (await page.locator('main').innerText()).includes(name)

const isWatching = (site: Site) =>
  until('the page listens', () => site.ctx.liveCounts.watching() > 0)

describe('a page that is open', () => {
  for (const path of ['', '/signatories', '/signatories?q=person']) {
    test(`(${path || 'the statement'}) loses the name of whoever withdraws`, async (t) => {
      const { site, slug, own } = await openCampaign()
      const address = `${site.address}/statements/${slug}${path}`
      const { page, faults } = await openPage(t, address)
      await isWatching(site)
      assert.ok(await shows(page, 'Leaving Person'))
      await post(site, own, { decision: 'withdraw' })
      await tick(site)
      await until('the name is gone', async () => !(await shows(page, 'Leaving Person')))
      assert.ok(await shows(page, 'Staying Person'))
      assert.deepEqual(faults, [])
    })
  }

  test('does so also when signing is over, in a language from right to left', async (t) => {
    const { site, slug, own } = await openCampaign()
    site.clock.set('2026-12-20T12:00:00.000Z')
    const { page } = await openPage(t, `${site.address}/ar/statements/${slug}/signatories`)
    await isWatching(site)
    await post(site, own, { decision: 'withdraw' })
    await tick(site)
    await until('the name is gone', async () => !(await shows(page, 'Leaving Person')))
  })

  test('loses all names when they are hidden, and tells why', async (t) => {
    const { site, slug } = await openCampaign()
    const { page } = await openPage(t, `${site.address}/statements/${slug}`)
    await isWatching(site)
    await hideNames(site.ctx, slug, 'individuals', 'command line')
    await tick(site)
    await until('the note', () => shows(page, 'were taken out of view'))
    assert.ok(!(await shows(page, 'Person')))
  })

  test('is not fetched again when nothing has changed', async (t) => {
    const { site, slug } = await openCampaign()
    const address = `${site.address}/statements/${slug}/signatories`
    let fetched = 0
    const { page } = await openPage(t, address, async (context) => {
      context.on('request', (request) => {
        if (request.resourceType() === 'fetch') fetched += 1
      })
    })
    await isWatching(site)
    await tick(site)
    // what comes after is proof that the first event has been dealt with
    await signAndConfirm(site, slug, somebody({ name: 'Coming Person' }))
    await tick(site)
    await until('the new name', () => shows(page, 'Coming Person'))
    assert.equal(fetched, 1)
  })

  test('is fetched at most every 20 seconds, and misses nothing', async (t) => {
    const { site, slug, own } = await openCampaign()
    let fetched = 0
    const { page } = await openPage(t, `${site.address}/statements/${slug}`, async (context) => {
      await context.clock.install()
      context.on('request', (request) => {
        if (request.resourceType() === 'fetch') fetched += 1
      })
    })
    await isWatching(site)
    await signAndConfirm(site, slug, somebody({ name: 'Coming Person' }))
    await tick(site)
    await page.clock.runFor(100)
    await until('the new name', () => shows(page, 'Coming Person'))
    await post(site, own, { decision: 'withdraw' })
    await tick(site)
    await until('the count', async () => /\b2\b/.test(await page.innerText('.counts')))
    await page.clock.runFor(19_000)
    assert.equal(fetched, 1)
    await page.clock.runFor(7_000)
    await until('the name is gone', async () => !(await shows(page, 'Leaving Person')))
    assert.equal(fetched, 2)
  })

  test('asks for the counts while there is no place to listen, and then listens again', async (t) => {
    const { site, slug } = await openCampaign()
    const ctx = await openContext(site.config, { clock: site.clock, log: quiet, places: 1 })
    const full = await startSite(ctx, { background: false })
    t.after(() => full.stop())
    const url = `${full.address}/statements/${slug}`
    const theOnlyOne = await listen(`${url}/live`)
    const refused: number[] = []
    const { page } = await openPage(t, url, async (context) => {
      await context.clock.install()
      context.on('response', (response) => {
        if (response.url().endsWith('/live')) refused.push(response.status())
      })
    })
    await until('it is refused', () => refused.length > 0)
    await signAndConfirm({ ...site, address: full.address }, slug, somebody({ name: 'New Person' }))
    const passes = () => page.clock.runFor(30_000)
    const isTrue = async () => /\b3\b/.test(await page.innerText('.counts'))
    await until('the count', async () => passes().then(isTrue))
    await until('the name', () => shows(page, 'New Person'))
    assert.deepEqual(new Set(refused), new Set([503]))
    theOnlyOne.close()
    await until('the place is free', () => ctx.liveCounts.watching() === 0)
    const listens = () => ctx.liveCounts.watching() === 1
    await until('it listens', async () => passes().then(listens))
  })
})
