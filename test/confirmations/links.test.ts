// Links that are too old, replaced, swapped, or denied (product.md M-2, M-3).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type MessageKey, translator } from '../../src/languages/languages.ts'
import { dumpOf, rowsByTable } from '../support/dump.ts'
import { harbour, jose } from '../support/people.ts'
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

async function assertSays(
  response: Response,
  status: number,
  heading: MessageKey,
  say = t,
): Promise<void> {
  assert.equal(response.status, status)
  assert.match(await response.text(), new RegExp(`<h1>${say(heading)}</h1>`))
}

const look = (site: TestSite, link: string) => fetch(site.address + link)

test('a link works to the last moment of 72 hours, and then explains itself', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const link = await signAndGetLink(site, slug, harbour)
  site.clock.advance({ hours: 72, ms: -1 })
  assert.equal((await look(site, link)).status, 200)
  site.clock.advance({ ms: 1 })
  await assertSays(await look(site, link), 410, 'outcome.expired.heading')
  await assertSays(await post(site, link, { decision: 'confirm' }), 410, 'outcome.expired.heading')
  assert.equal((await counts(site, slug))['total'], 0)
})

test('an expired link sends a new one, which works and supersedes it', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const old = await signAndGetLink(site, slug, harbour, 'fr')
  site.inbox.clear()
  site.clock.advance({ hours: 80 })
  const visitor = await site.visitor().open(old)
  await visitor.press('decision=resend')
  assert.equal(visitor.status, 200)
  await site.deliverMail()
  const mail = await site.inbox.waitFor(harbour['email'] ?? '')
  assert.equal(mail.headers.get('content-language'), 'fr')
  const fresh = linkIn(mail, 'confirm')
  assert.notEqual(fresh, old)
  await assertSays(
    await post(site, old, { decision: 'confirm' }),
    410,
    'outcome.superseded.heading',
    translator('fr'),
  )
  assert.equal((await post(site, fresh, { decision: 'confirm' })).status, 303)
  assert.equal((await counts(site, slug))['total'], 1)
})

test('of two links the newer one counts', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const first = await signAndGetLink(site, slug, jose)
  site.clock.advance({ minutes: 10 })
  site.inbox.clear()
  const second = await signAndGetLink(site, slug, jose)
  await assertSays(await look(site, first), 410, 'outcome.superseded.heading')
  assert.equal((await post(site, second, { decision: 'confirm' })).status, 303)
})

test('a mail that has to be sent again carries a link that works', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const link = await signAndGetLink(site, slug, jose)
  site.inbox.clear()
  await post(site, link, { decision: 'confirm' })
  site.inbox.answer = 'temporary'
  await site.deliverMail()
  site.inbox.answer = 'accept'
  await post(site, '/find-my-endorsement', { email: jose['email'] ?? '' })
  await site.deliverMail()
  site.clock.advance({ minutes: 5 })
  await site.deliverMail()

  const latest = site.inbox.mails.at(-1)
  assert.equal(site.inbox.mails.length, 2)
  assert.ok(latest)
  assert.equal((await look(site, linkIn(latest, 'endorsement'))).status, 200)
})

test('an entry that was changed by somebody else is shown again before it is confirmed', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const link = await signAndGetLink(site, slug, { ...jose, visibility: 'withheld' })
  const visitor = await site.visitor().open(link)
  await sign(site, slug, { ...jose, name: 'Somebody Else', visibility: 'listed' })

  await visitor.press('decision=confirm')
  assert.equal(visitor.status, 409)
  assert.match(visitor.text('.entry'), /Somebody Else/)
  assert.equal((await counts(site, slug))['total'], 0)
  await visitor.press('decision=confirm')
  assert.equal(visitor.status, 200)
  const names = (await listed(site, slug)).map((row) => row['name'])
  assert.deepEqual(names, ['Somebody Else'])
})

test('“This wasn’t me” deletes the entry, and the address hears no more of this statement', async () => {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish()
  const other = await site.publish('community-monitoring-submission')
  const visitor = await site.visitor().open(await signAndGetLink(site, slug, jose))
  const link = new URL(visitor.url).pathname
  await visitor.press('decision=not-me')
  assert.match(visitor.text('h1'), new RegExp(t('outcome.not-me.heading')))
  await assertSays(await look(site, link), 404, 'outcome.unknown.heading')

  site.inbox.clear()
  await sign(site, slug, jose)
  await sign(site, slug, { ...harbour, email: 'jose.nandu+x@googlemail.com' })
  await post(site, `/statements/${slug}/check-your-inbox`, { email: jose['email'] ?? '' })
  await post(site, '/find-my-endorsement', { email: jose['email'] ?? '' })
  await site.deliverMail()
  site.clock.advance({ days: 3 })
  await site.tidy()
  await site.deliverMail()
  assert.deepEqual(
    site.inbox.mails.map((mail) => mail.subject),
    [],
  )
  const { endorsements } = await rowsByTable(site)
  assert.deepEqual(endorsements, [], 'what was signed in that name is not kept either')

  await signAndGetLink(site, other, { ...harbour, email: jose['email'] ?? '' })
})

test('an address that denied hears nothing from “find my endorsement” while a sign-on waits', async () => {
  const site = await openSite()
  const slug = await site.publish()
  await post(site, await signAndGetLink(site, slug, jose), { decision: 'not-me' })
  site.inbox.clear()
  // asked for first, so that it is answered first
  await post(site, '/find-my-endorsement', { email: jose['email'] ?? '' })
  await sign(site, slug, jose)
  await site.deliverMail()
  assert.deepEqual(site.inbox.mails, [])
})

test('what is confirmed cannot be denied by an old link', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const link = await signAndGetLink(site, slug, jose)
  await post(site, link, { decision: 'confirm' })
  const settled = await dumpOf(site)
  await assertSays(
    await post(site, link, { decision: 'not-me' }),
    200,
    'outcome.already-confirmed.heading',
  )
  assert.equal(await dumpOf(site), settled)
})

test('confirming and denying at the same time leave either one entry or none', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const link = await signAndGetLink(site, slug, jose)
  const decisions = Array.from({ length: 20 }, (_, n) => (n % 2 ? 'confirm' : 'not-me'))
  const answers = await Promise.all(decisions.map((decision) => post(site, link, { decision })))
  assert.ok(answers.every(({ status }) => status < 500))
  const { endorsements = [] } = await rowsByTable(site)
  const entries = await listed(site, slug)
  assert.equal(entries.length, endorsements.length)
  assert.equal((await counts(site, slug))['total'], endorsements.length)
})

test('after withdrawing, the link in the first mail does not say that the entry counts', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const link = await signAndGetLink(site, slug, jose)
  const confirmed = await post(site, link, { decision: 'confirm' })
  const own = new URL(confirmed.headers.get('location') ?? '', site.address).pathname
  await post(site, own, { decision: 'withdraw' })
  await assertSays(await look(site, link), 200, 'withdrawn.heading')
  await assertSays(await post(site, link, { decision: 'confirm' }), 200, 'withdrawn.heading')
  assert.equal((await counts(site, slug))['total'], 0)

  await post(site, own, { decision: 'erase' })
  await assertSays(await look(site, link), 404, 'outcome.unknown.heading')
})

test('a link serves one purpose: for the other, and with a letter changed, it is unknown', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const own = await signAndConfirm(site, slug, jose)
  const link = await signAndGetLink(site, slug, harbour)
  const settled = await dumpOf(site)
  const wrong = [
    link.replace('/confirm/', '/endorsement/'),
    own.replace('/endorsement/', '/confirm/'),
    `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`,
    link.toLowerCase(),
    `${link}A`,
    '/confirm/%00',
    "/confirm/'%20or%20''='",
  ]
  for (const path of wrong) {
    const decisions = ['confirm', 'not-me', 'resend', 'withdraw', 'erase', 'save']
    const answers = decisions.map((decision) => post(site, path, { decision, ...jose }))
    const statuses = (await Promise.all([look(site, path), ...answers])).map((one) => one.status)
    assert.deepEqual([...new Set(statuses)], [404], path)
  }
  assert.equal(await dumpOf(site), settled)
})
