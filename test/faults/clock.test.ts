// The clock was wrong, and is set right: nobody waits for a time that is over or was never there.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Pacer } from '../../src/abuse/pacer.ts'
import { openJumpWatch } from '../../src/privacy/jump-watch.ts'
import { switchOff } from '../../src/switches/switches.ts'
import { TestClock } from '../support/clock.ts'
import { jose, somebody } from '../support/people.ts'
import { sign } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

async function waiting({ ctx }: TestSite): Promise<number> {
  return (await ctx.db.selectFrom('outbox').select('id').execute()).length
}

test('after a year too many, limits and switches go by the right time', async () => {
  const site = await openSite({ now: '2027-11-21T12:00:00.000Z' })
  const slug = await site.publish('naloxone-within-reach', { opensAt: null, closesAt: null })
  for (const now of ['2027-11-21T12:00:00.000Z', '2026-11-21T12:00:00.000Z']) {
    site.clock.set(now)
    assert.equal((await sign(site, slug, jose)).status, 303)
    await site.deliverMail()
  }
  assert.equal(site.inbox.mails.length, 2)

  await switchOff(site.ctx, 'signing', 'test')
  site.clock.set('2026-11-21T11:00:00.000Z')
  const form = await site.visitor().open(`/statements/${slug}/endorse?as=individual`)
  assert.match(form.html, /Signing is paused/)
})

test('mails and claims from before the clock was set back do not wait for that time', async () => {
  const site = await openSite({ now: '2027-11-21T12:00:00.000Z' })
  const slug = await site.publish('naloxone-within-reach', { opensAt: null, closesAt: null })
  const [queued, claimed] = [somebody(), somebody()]
  await sign(site, slug, claimed)
  // as a worker leaves it that was killed
  const lease = '2027-11-21T12:00:30.000Z'
  await site.ctx.db.updateTable('outbox').set({ state: 'claimed', due_at: lease }).execute()
  await sign(site, slug, queued)

  site.clock.set('2026-11-21T12:00:00.000Z')
  await site.deliverMail()
  assert.equal(site.inbox.matching(queued['email'] ?? '').length, 1)
  site.clock.advance({ seconds: 31 })
  await site.deliverMail()
  assert.equal(site.inbox.matching(claimed['email'] ?? '').length, 1)
  assert.deepEqual([site.inbox.mails.length, await waiting(site)], [2, 0])
})

test('a mail that shall wait goes on waiting when the clock stands right', async () => {
  const site = await openSite()
  const slug = await site.publish()
  await sign(site, slug, somebody())
  const later = '2026-11-21T13:00:00.000Z'
  await site.ctx.db.updateTable('outbox').set({ due_at: later }).execute()
  await site.deliverMail()
  assert.equal(await waiting(site), 1)
  site.clock.set(later)
  await site.deliverMail()
  assert.equal(await waiting(site), 0)
})

test('what was paced by the wrong clock makes nobody wait by the right one', () => {
  const pacer = new Pacer({ burst: 1, perMinute: 1 })
  const [wrong, right] = [2_000_000_000, 1_000_000_000]
  assert.deepEqual([pacer.take('a', wrong), pacer.take('a', wrong)], [0, 60_000])
  assert.deepEqual([pacer.take('a', right), pacer.take('a', right)], [0, 60_000])
})

test('for an hour after the clock has jumped ahead nothing is deleted', () => {
  const clock = new TestClock('2026-11-21T12:00:00.000Z')
  let elapsed = 0
  const isCalm = openJumpWatch(clock, () => elapsed)
  const pass = (minutes: number) => {
    elapsed += minutes * 60_000
    clock.advance({ minutes })
  }
  pass(60 * 24 * 30)
  assert.ok(isCalm(), 'a month of work is no jump')
  clock.advance({ days: 15 })
  assert.ok(!isCalm())
  pass(59)
  assert.ok(!isCalm())
  clock.advance({ days: -15 })
  pass(1)
  assert.ok(isCalm(), 'set right, and an hour is over')
})
