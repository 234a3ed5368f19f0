import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { somebody } from '../support/people.ts'
import { counts, linkIn, post, sign, signAndConfirm, signAndGetLink } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

const lasting = { opensAt: null, closesAt: null }

/** Lets so much time pass, and everything that is due by then happen. */
async function pass(site: TestSite, span: { hours?: number; minutes?: number; days?: number }) {
  site.clock.advance(span)
  await site.tidy()
  await site.deliverMail()
}

describe('who has not confirmed', () => {
  test('is reminded once, two days later, with a link that works', async () => {
    const site = await openSite()
    const slug = await site.publish('naloxone-within-reach', lasting)
    const answers = somebody()
    const address = answers['email'] ?? ''
    const first = await signAndGetLink(site, slug, answers)
    await pass(site, { hours: 47, minutes: 59 })
    assert.equal(site.inbox.matching(address).length, 1)
    await pass(site, { minutes: 2 })
    await pass(site, { hours: 1 })
    const mails = site.inbox.matching(address)
    assert.equal(mails.length, 2)
    const reminder = mails[1]
    assert.ok(reminder)
    const link = linkIn(reminder, 'confirm')
    assert.notEqual(link, first)
    assert.equal((await post(site, link, { decision: 'confirm' })).status, 303)
    assert.equal((await counts(site, slug))['total'], 1)
  })

  test('hears nothing more after the reminder', async () => {
    const site = await openSite()
    const slug = await site.publish('naloxone-within-reach', lasting)
    const answers = somebody()
    await sign(site, slug, answers)
    for (let day = 0; day < 20; day += 1) await pass(site, { days: 1 })
    assert.equal(site.inbox.matching(answers['email'] ?? '').length, 2)
  })

  test('is not reminded of a statement that has closed for good', async () => {
    const site = await openSite({ now: '2026-12-03T12:00:00.000Z' })
    const slug = await site.publish()
    const answers = somebody()
    await signAndGetLink(site, slug, answers)
    await pass(site, { hours: 49 })
    assert.equal(site.inbox.matching(answers['email'] ?? '').length, 1)
  })
})

test('who has confirmed, or said "this was not me", is not reminded', async () => {
  const site = await openSite()
  const slug = await site.publish('naloxone-within-reach', lasting)
  await signAndConfirm(site, slug, somebody())
  const stranger = somebody()
  const link = await signAndGetLink(site, slug, stranger)
  await post(site, link, { decision: 'not-me' })
  site.inbox.clear()
  await pass(site, { hours: 49 })
  assert.deepEqual(site.inbox.mails, [])
})
