// Signing ends at the instant that was given, and confirming a day later (product.md M-9, F-A).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { translator } from '../../src/languages/languages.ts'
import { importStatement } from '../../src/statements/import-statement.ts'
import { closeStatement, openStatement } from '../../src/statements/open-and-close.ts'
import { readStatementFolder } from '../../src/statements/statement-file.ts'
import { parseZonedTime } from '../../src/text/dates.ts'
import { signIn } from '../support/desk.ts'
import { rowsByTable } from '../support/dump.ts'
import { fixture } from '../support/fixtures.ts'
import { harbour, jose } from '../support/people.ts'
import { counts, listed, post, sign, signAndGetLink } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

const t = translator('en')

function zoned(written: string) {
  const parsed = parseZonedTime(written)
  assert.ok(parsed.ok, written)
  return { instant: parsed.instant, zone: parsed.zone }
}

async function assertRefused(site: TestSite, slug: string): Promise<void> {
  const before = (await rowsByTable(site))['endorsements']?.length
  const refused = await sign(site, slug, harbour)
  assert.equal(refused.status, 409)
  assert.match(await refused.text(), new RegExp(t('closed.heading')))
  const tables = await rowsByTable(site)
  assert.equal(tables['endorsements']?.length, before, 'nothing is recorded')
  assert.deepEqual(tables['outbox'], [], 'and no mail is promised')
}

// Each deadline as it is written in a statement file, and the instant that it must mean.
const deadlines = [
  ['2026-12-04T12:00 Europe/London', '2026-12-04T12:00:00.000Z'],
  // the clocks went back at 02:00 summer time on this day
  ['2026-10-25T12:00 Europe/London', '2026-10-25T12:00:00.000Z'],
  ['2026-10-24T12:00 Europe/London', '2026-10-24T11:00:00.000Z'],
  // the clocks go forward at 01:00 on this day
  ['2027-03-28T12:00 Europe/London', '2027-03-28T11:00:00.000Z'],
  ['2027-03-28T00:30 Europe/London', '2027-03-28T00:30:00.000Z'],
  ['2026-11-30T17:00 Africa/Nairobi', '2026-11-30T14:00:00.000Z'],
] as const

for (const [written, instant] of deadlines) {
  test(`${written} is kept to the millisecond`, async () => {
    const site = await openSite({ now: '2026-09-01T00:00:00.000Z' })
    const slug = await site.publish('naloxone-within-reach', { closesAt: zoned(written) })
    site.clock.set(instant)
    site.clock.advance({ ms: -1 })
    assert.equal((await counts(site, slug))['status'], 'open')
    assert.equal((await counts(site, slug))['closes_at'], instant)
    assert.equal((await sign(site, slug, jose)).status, 303)
    await site.deliverMail()
    site.clock.advance({ ms: 1 })
    assert.equal((await counts(site, slug))['status'], 'closed')
    await assertRefused(site, slug)
  })
}

test('what was signed in time is counted for 24 hours more, and after that waits as late', async () => {
  const site = await openSite({ now: '2026-12-04T11:59:59.999Z' })
  const slug = await site.publish()
  const first = await signAndGetLink(site, slug, jose)
  const second = await signAndGetLink(site, slug, harbour)
  site.clock.set('2026-12-05T11:59:59.999Z')
  assert.equal((await post(site, first, { decision: 'confirm' })).status, 303)
  assert.equal((await counts(site, slug))['total'], 1)

  site.clock.set('2026-12-05T12:00:00.000Z')
  const looked = await fetch(site.address + second)
  assert.match(await looked.text(), new RegExp(t('confirm.late').slice(0, 60)))
  assert.equal((await post(site, second, { decision: 'confirm' })).status, 303)
  assert.equal((await counts(site, slug))['total'], 1)
})

test('a late one is counted and marked once a coordinator accepts it, whatever is hidden', async () => {
  const site = await openSite({ now: '2026-12-04T11:59:59.999Z' })
  const slug = await site.publish()
  const confidential = { ...jose, visibility: 'confidential' }
  const links = [
    await signAndGetLink(site, slug, harbour),
    await signAndGetLink(site, slug, confidential),
  ]
  site.clock.set('2026-12-05T12:00:00.000Z')
  for (const link of links) await post(site, link, { decision: 'confirm' })
  await site.tidy()
  assert.equal((await counts(site, slug))['total'], 0)
  const { browser } = await signIn(site, 'admin')
  await browser.open(`/desk/statements/${slug}/review?show=late`)
  const boxes = browser.$('.review-name input').toArray()
  assert.equal(boxes.length, 2)
  browser.tick(...boxes.map((each) => browser.$(each).attr('name') ?? ''))
  await browser.choose('decision', 'approved').press(/Decide/)
  assert.equal((await counts(site, slug))['total'], 2)
  assert.deepEqual(
    (await listed(site, slug)).map(({ name, late }) => [name, late]),
    [[harbour['name'], true]],
  )
})

test('a new link asked for after the grace period is not sent', async () => {
  const site = await openSite({ now: '2026-12-04T11:00:00.000Z' })
  const slug = await site.publish()
  const link = await signAndGetLink(site, slug, jose)
  site.clock.set('2026-12-05T12:00:00.000Z')
  site.inbox.clear()
  const email = jose['email'] ?? ''
  await post(site, link, { decision: 'resend' })
  await post(site, `/statements/${slug}/check-your-inbox`, { email })
  await post(site, '/find-my-endorsement', { email })
  await site.tidy()
  await site.deliverMail()
  assert.deepEqual(site.inbox.mails, [])
})

test('a statement that is closed by hand refuses at once, and gives its own grace', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const link = await signAndGetLink(site, slug, jose)
  assert.equal(await closeStatement(site.ctx, slug), 'closed')
  await assertRefused(site, slug)
  site.clock.advance({ hours: 24, ms: -1 })
  assert.equal((await post(site, link, { decision: 'confirm' })).status, 303)
  assert.equal((await counts(site, slug))['total'], 1)

  assert.equal(await openStatement(site.ctx, slug), 'opened')
  const late = await signAndGetLink(site, slug, harbour)
  assert.equal(await closeStatement(site.ctx, slug), 'closed')
  site.clock.advance({ hours: 24 })
  assert.equal((await post(site, late, { decision: 'confirm' })).status, 303)
  assert.equal((await counts(site, slug))['total'], 1)
})

test('a statement opens by itself at its instant, and is not there before', async () => {
  const site = await openSite({ now: '2026-11-21T07:59:59.999Z' })
  const read = await readStatementFolder(fixture('statements/naloxone-within-reach'))
  assert.ok(read.ok)
  const { slug } = await importStatement(site.ctx, read.statement)
  assert.equal((await fetch(`${site.address}/statements/${slug}`)).status, 404)
  assert.equal((await sign(site, slug, jose)).status, 404)
  assert.deepEqual((await rowsByTable(site))['endorsements'], [])

  site.clock.advance({ ms: 1 })
  assert.equal((await fetch(`${site.address}/statements/${slug}`)).status, 200)
  assert.equal((await sign(site, slug, jose)).status, 303)
})

test('the pages of a closed statement say so and offer no form', async () => {
  const site = await openSite({ now: '2026-12-04T12:00:00.000Z' })
  const read = await readStatementFolder(fixture('statements/naloxone-within-reach'))
  assert.ok(read.ok)
  const { slug } = await importStatement(site.ctx, read.statement)
  for (const query of ['', '?as=organisation', '?as=individual']) {
    const visitor = await site.visitor().open(`/statements/${slug}/endorse${query}`)
    assert.equal(visitor.status, 200)
    assert.match(visitor.title, new RegExp(t('closed.heading')))
    assert.equal(visitor.$('main form').length, 0)
  }
  const visitor = await site.visitor().open(`/statements/${slug}`)
  assert.match(visitor.text('main'), new RegExp(t('statement.closed')))
  assert.equal(visitor.$('a[href*="/endorse"]').length, 0)
})

test('a form that was open when the deadline passed is answered with the closed page', async () => {
  const site = await openSite({ now: '2026-12-04T11:59:00.000Z' })
  const slug = await site.publish()
  const check = await post(site, `/statements/${slug}/endorse`, jose)
  assert.equal(check.status, 200)
  site.clock.set('2026-12-04T12:00:00.000Z')
  await assertRefused(site, slug)
})
