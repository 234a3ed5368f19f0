// GET /statements/:slug/live (product.md §4): everyone who watches sees the counts change.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get } from 'node:http'
import { Writable } from 'node:stream'
import { describe, test } from 'node:test'
import pino from 'pino'
import { openContext } from '../../src/context.ts'
import { startSite } from '../../src/main.ts'
import { openLiveCounts } from '../../src/signatories/live-counts.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { countQueries } from '../support/counted-queries.ts'
import { signUp, signUpAndConfirm } from '../support/crowd.ts'
import { listen } from '../support/live-listener.ts'
import { harbour, jose, leyla, somebody } from '../support/people.ts'
import { counts, post } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'
import { until } from '../support/until.ts'

const ignore = () => undefined

async function openCampaign(changes: { discreet: boolean } = { discreet: false }) {
  const site = await openSite()
  const slug = await site.publish('naloxone-within-reach', changes)
  return { site, slug, url: `${site.address}/statements/${slug}/live` }
}

/** What the timer does once a second. */
async function tickAfter(site: TestSite, ms: number): Promise<void> {
  site.clock.advance({ ms })
  await site.ctx.liveCounts.tick()
}

/** Asks, and breaks off before or while the answer comes. */
async function leaveAfter(url: string, ms: number): Promise<void> {
  const request = get(url, { agent: false, signal: AbortSignal.timeout(ms) })
  request.on('error', ignore)
  request.on('response', (response) => response.on('error', ignore).resume())
  await once(request, 'close').catch(ignore)
}

describe('the live counts', () => {
  test('begin with the present counts, as in count.json', async () => {
    const { site, slug, url } = await openCampaign()
    await signUpAndConfirm(site, slug, harbour)
    const listener = await listen(url)
    const first = await listener.heard(1)
    assert.match(listener.headers.get('content-type') ?? '', /^text\/event-stream/)
    assert.equal(listener.headers.get('cache-control'), 'no-store')
    assert.equal(first.event, 'count')
    assert.deepEqual(first.data, await counts(site, slug))
    listener.close()
  })

  test('tell of a confirmation, and not of a signature that is not confirmed', async () => {
    const { site, slug, url } = await openCampaign()
    const listener = await listen(url)
    await listener.heard(1)
    await signUp(site, slug, jose)
    await tickAfter(site, 5000)
    await signUpAndConfirm(site, slug, harbour)
    await tickAfter(site, 5000)
    await listener.heard(2)
    assert.deepEqual(
      listener.events.map(({ data }) => data['total']),
      [0, 1],
    )
    assert.deepEqual(listener.last?.data, await counts(site, slug))
    listener.close()
  })

  test('tell by themselves within about a second', async () => {
    const { site, slug, url } = await openCampaign()
    const listener = await listen(url)
    await listener.heard(1)
    site.clock.advance({ seconds: 2 })
    await signUpAndConfirm(site, slug, harbour)
    assert.equal((await listener.heard(2)).data['total'], 1)
    listener.close()
  })

  test('tick at most once a second, and miss nothing', async () => {
    const { site, slug, url } = await openCampaign()
    const listener = await listen(url)
    await listener.heard(1)
    await signUpAndConfirm(site, slug, somebody())
    await tickAfter(site, 1000)
    await listener.heard(2)
    await signUpAndConfirm(site, slug, somebody())
    await tickAfter(site, 999)
    await signUpAndConfirm(site, slug, somebody())
    await tickAfter(site, 1)
    await listener.heard(3)
    assert.deepEqual(
      listener.events.map(({ data }) => data['total']),
      [0, 1, 3],
    )
    listener.close()
  })

  test('tick at most once a minute on a discreet statement', async () => {
    const { site, slug, url } = await openCampaign({ discreet: true })
    const listener = await listen(url)
    await listener.heard(1)
    await signUpAndConfirm(site, slug, somebody())
    await tickAfter(site, 59_999)
    await signUpAndConfirm(site, slug, somebody())
    await tickAfter(site, 1)
    await listener.heard(2)
    await signUpAndConfirm(site, slug, leyla)
    await tickAfter(site, 59_999)
    await tickAfter(site, 1)
    await listener.heard(3)
    assert.deepEqual(
      listener.events.map(({ data }) => data['total']),
      [0, 2, 3],
    )
    listener.close()
  })

  test('tell of two changes in the same instant', async () => {
    const { site, slug, url } = await openCampaign()
    await signUpAndConfirm(site, slug, somebody())
    const listener = await listen(url)
    await listener.heard(1)
    // the clock stands still, so "as of" is the same
    await signUpAndConfirm(site, slug, somebody())
    await tickAfter(site, 1000)
    assert.equal((await listener.heard(2)).data['total'], 2)
    listener.close()
  })

  test('do not repeat to a reconnecting browser what it has seen', async () => {
    const { site, slug, url } = await openCampaign()
    await signUpAndConfirm(site, slug, somebody())
    const before = await listen(url)
    const { id } = await before.heard(1)
    before.close()
    const again = await listen(url, { 'last-event-id': id })
    site.clock.advance({ seconds: 2 })
    await signUpAndConfirm(site, slug, somebody())
    await tickAfter(site, 1000)
    await again.heard(1)
    assert.deepEqual(
      again.events.map(({ data }) => data['total']),
      [2],
    )
    again.close()
    const late = await listen(url, { 'last-event-id': id })
    assert.equal((await late.heard(1)).data['total'], 2)
    late.close()
  })

  test('bring what another process changed', async (t) => {
    const { site, slug, url } = await openCampaign()
    const { token } = await signUp(site, slug, harbour)
    const quiet = pino({ level: 'silent' })
    const ctx = await openContext(site.config, { clock: site.clock, log: quiet })
    const other = await startSite(ctx, { background: false })
    t.after(() => other.stop())
    const listener = await listen(url)
    await listener.heard(1)
    site.clock.advance({ seconds: 2 })
    const confirmed = await post({ ...site, address: other.address }, `/confirm/${token}`, {
      decision: 'confirm',
    })
    assert.equal(confirmed.status, 303)
    await site.ctx.liveCounts.tick()
    assert.equal((await listener.heard(2)).data['organisations'], 1)
    listener.close()
  })

  test('send a heartbeat, so that nobody on the way takes the line for dead', async () => {
    const { site, url } = await openCampaign()
    const listener = await listen(url)
    await listener.heard(1)
    await tickAfter(site, 19_000)
    await tickAfter(site, 1_000)
    await until('a heartbeat', () => listener.comments.length > 0)
    await tickAfter(site, 19_000)
    assert.deepEqual([listener.events.length, listener.comments.length], [1, 1])
    listener.close()
  })

  test('go on when the clock was set back', async () => {
    const { site, slug, url } = await openCampaign()
    const listener = await listen(url)
    await listener.heard(1)
    await signUpAndConfirm(site, slug, somebody())
    await tickAfter(site, -3_600_000)
    assert.equal((await listener.heard(2)).data['total'], 1)
    listener.close()
  })

  test('cost one query a tick, however many are watching', async () => {
    const { site, slug } = await openCampaign()
    const queries = countQueries(site.ctx.db)
    const live = openLiveCounts(queries.db, site.clock)
    const statement = await findStatement(site.ctx.db, slug)
    assert.ok(statement)
    let told = 0
    const count = (_chunk: unknown, _encoding: string, done: () => void) => {
      told += 1
      done()
    }
    const listeners = Array.from({ length: 500 }, () => new Writable({ write: count }))
    for (const to of listeners) live.watch(statement, { to, known: '', isNew: false })
    await signUpAndConfirm(site, slug, somebody())
    site.clock.advance({ minutes: 2 })
    const before = queries.count
    await live.tick()
    assert.equal(queries.count - before, 1)
    assert.equal(told, 500)
    listeners.forEach((to) => to.destroy())
    await until('all are gone', () => live.watching() === 0)
  })

  test('forget who has gone', async () => {
    const { site, url } = await openCampaign()
    await Promise.all(Array.from({ length: 40 }, (_, ms) => leaveAfter(url, ms)))
    const listeners = await Promise.all(Array.from({ length: 20 }, () => listen(url)))
    await Promise.all(listeners.map((listener) => listener.heard(1)))
    await until('only they are watching', () => site.ctx.liveCounts.watching() === 20)
    listeners.forEach((listener) => listener.close())
    await until('all are gone', () => site.ctx.liveCounts.watching() === 0)
  })

  test('are let go at once when the site stops', async () => {
    const { site, url } = await openCampaign()
    const ctx = await openContext(site.config, {
      clock: site.clock,
      log: pino({ level: 'silent' }),
    })
    const other = await startSite(ctx, { background: false })
    const listener = await listen(url.replace(site.address, other.address))
    await listener.heard(1)
    await other.stop()
    await until('the stream has ended', () => listener.hasEnded)
    assert.ok(!listener.isCutOff, 'it was not kept until patience ended')
  })

  test('say so when the statement closes', async () => {
    const { site, slug, url } = await openCampaign()
    const listener = await listen(url)
    assert.equal((await listener.heard(1)).data['status'], 'open')
    site.clock.set('2026-12-04T12:00:00.000Z')
    await site.ctx.liveCounts.tick()
    const closed = await listener.heard(2)
    assert.equal(closed.data['status'], 'closed')
    assert.deepEqual(closed.data, await counts(site, slug))
    listener.close()
  })
})
