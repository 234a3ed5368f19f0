// The link in the mail: looking changes nothing, a button confirms, once (product.md M-1, M-4, R3).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { languages, translator } from '../../src/languages/languages.ts'
import { openBrowser } from '../support/browser.ts'
import { dumpOf } from '../support/dump.ts'
import { harbour, jose, somebody } from '../support/people.ts'
import {
  counts,
  linkIn,
  listed,
  post,
  sign,
  signAndConfirm,
  signAndGetLink,
} from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

const t = translator('en')
let browser: Browser
before(async () => {
  browser = await openBrowser()
})
after(() => browser.close())

test('a link that is looked at 21 times, in every language, changes nothing', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const link = await signAndGetLink(site, slug, harbour)
  const untouched = await dumpOf(site)

  assert.equal((await fetch(site.address + link, { method: 'HEAD' })).status, 200)
  const prefixes = ['', ...languages.map(({ code }) => `/${code}`)]
  for (let times = 0; times < 20; times += 1) {
    const looked = await fetch(site.address + prefixes[times % prefixes.length] + link)
    assert.equal(looked.status, 200)
    assert.match(await looked.text(), /Harbour Harm Reduction Alliance/)
  }

  assert.equal(await dumpOf(site), untouched)
  await post(site, link, { decision: 'confirm' })
  assert.notEqual(await dumpOf(site), untouched, 'the comparison sees a change')
})

test('a browser that runs scripts changes nothing by looking, only by its button', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const link = await signAndGetLink(site, slug, harbour)
  const untouched = await dumpOf(site)
  const page = await browser.newPage()

  await page.goto(site.address + link, { waitUntil: 'networkidle' })
  await page.mouse.wheel(0, 5000)
  await page.reload({ waitUntil: 'networkidle' })
  assert.equal(await dumpOf(site), untouched)

  await page.getByRole('button', { name: t('confirm.button') }).click()
  await page.getByRole('heading', { level: 1, name: t('mine.thanks') }).waitFor()
  assert.equal((await counts(site, slug))['total'], 1)
  await page.close()
})

test('the page shows the entry as it will appear, one button, and no script', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const visitor = await site.visitor().open(await signAndGetLink(site, slug, harbour))
  assert.match(visitor.text('.entry'), /Harbour Harm Reduction Alliance \(HHRA\).*Kenya/)
  assert.equal(visitor.$('button[value=confirm]').length, 1)
  assert.equal(visitor.$('script, meta[http-equiv=refresh], main a[href*=confirm]').length, 0)
  assert.doesNotMatch(visitor.html, /Okoro-Contact|amina@/, 'private answers stay private')
})

test('pressed again, the button says that it was pressed, and counts once', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const link = await signAndGetLink(site, slug, harbour)
  const visitor = await site.visitor().open(link)
  await visitor.press('decision=confirm')
  assert.equal(visitor.redirects[0]?.status, 303)
  assert.match(visitor.title, new RegExp(`^${t('mine.thanks')}|^${t('mine.heading')}`))
  const settled = await dumpOf(site)

  const again = await site.visitor().open(link)
  assert.match(again.title, new RegExp(`^${t('outcome.already-confirmed.heading')}`))
  const pressed = await post(site, link, { decision: 'confirm' })
  assert.equal(pressed.status, 200)
  assert.match(await pressed.text(), new RegExp(t('outcome.already-confirmed.heading')))
  assert.equal(await dumpOf(site), settled)
  assert.equal((await counts(site, slug))['total'], 1)
})

test('of 200 who confirm one link at the same time, one is counted and thanked', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const link = await signAndGetLink(site, slug, harbour)
  site.inbox.clear()

  const all = Array.from({ length: 200 }, () => post(site, link, { decision: 'confirm' }))
  const statuses = (await Promise.all(all)).map(({ status }) => status)
  assert.equal(statuses.filter((status) => status === 303).length, 1)
  assert.equal(statuses.filter((status) => status === 200).length, 199)

  await site.deliverMail()
  assert.equal(site.inbox.mails.length, 1)
  const count = await counts(site, slug)
  assert.deepEqual([count['organisations'], count['total'], count['countries']], [1, 1, 1])
  assert.deepEqual(
    (await listed(site, slug)).map((row) => row['number']),
    [1],
  )
})

test('those who confirm at the same time get numbers of their own', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const people = Array.from({ length: 30 }, () => somebody())
  await Promise.all(people.map((person) => sign(site, slug, person)))
  await site.deliverMail()
  const links = site.inbox.mails.map((mail) => linkIn(mail, 'confirm'))
  await Promise.all(links.map((link) => post(site, link, { decision: 'confirm' })))
  const numbers = (await listed(site, slug)).map((row) => Number(row['number']))
  assert.deepEqual(
    numbers.sort((a, b) => a - b),
    people.map((_, index) => index + 1),
  )
  assert.equal((await counts(site, slug))['total'], 30)
})

test('pages behind a token are not kept, not indexed, and send no referrer', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const own = await signAndConfirm(site, slug, jose)
  const link = await signAndGetLink(site, slug, harbour)
  const paths = [
    link,
    `/ar${link}`,
    own,
    `${own}/data.json`,
    '/confirm/guess',
    '/endorsement/guess',
  ]
  for (const path of paths) await assertPrivate(site, path, await fetch(site.address + path))
  await assertPrivate(site, link, await post(site, link, { decision: 'nothing known' }))
  const confirmed = await post(site, link, { decision: 'confirm' })
  assert.equal(confirmed.headers.get('cache-control'), 'no-store')
  assert.equal(confirmed.headers.get('referrer-policy'), 'no-referrer')
})

async function assertPrivate(site: TestSite, path: string, response: Response): Promise<void> {
  const token = path.split('/').find((part) => part.length > 20) ?? 'guess'
  const header = (name: string) => response.headers.get(name) ?? ''
  assert.equal(header('cache-control'), 'no-store', path)
  assert.equal(header('referrer-policy'), 'no-referrer', path)
  assert.match(header('x-robots-tag'), /noindex/, path)
  assert.equal(header('set-cookie'), '', path)
  await response.text()
  assert.ok(!site.log.some((line) => line.includes(token)), `the log has no token of ${path}`)
}
