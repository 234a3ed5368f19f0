// Thousands come for live counts at once: all but the first are let in before the framework, until no
// place is left (src/signatories/live-door.ts, src/abuse/places.ts).
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, describe, test } from 'node:test'
import pino from 'pino'
import { openContext } from '../../src/context.ts'
import { startSite } from '../../src/main.ts'
import { countQueries } from '../support/counted-queries.ts'
import { listen, type LiveListener } from '../support/live-listener.ts'
import { openSite } from '../support/site.ts'
import { until } from '../support/until.ts'

const site = await openSite({ env: { TRUST_PROXY: '1' } })
const slug = await site.publish()
const other = await site.publish('community-monitoring-submission')
const quiet = pino({ level: 'silent' })

/** Another process on the same database, with so many places. */
async function openProcess(places: number) {
  const ctx = await openContext(site.config, { clock: site.clock, log: quiet, places })
  const queries = countQueries(ctx.db)
  const process = await startSite({ ...ctx, db: queries.db }, { background: false })
  const listeners: LiveListener[] = []
  after(async () => {
    listeners.forEach((listener) => listener.close())
    await process.stop()
  })
  const url = `${process.address}/statements/${slug}/live`
  return {
    ctx,
    queries,
    url,
    elsewhere: `${process.address}/statements/${other}/live`,
    come: async (headers: Record<string, string> = {}) => {
      const listener = await listen(url, headers)
      listeners.push(listener)
      return listener
    },
  }
}

const from = (address: string) => ({ 'x-forwarded-for': address })
const notAboutThisOne = /^(?:connection|keep-alive|transfer-encoding|date)$/

describe('who comes for live counts that others listen to', () => {
  test('is let in without a query, with the same headers, and hears the same', async () => {
    const { ctx, queries, come } = await openProcess(100)
    const first = await come()
    const event = await first.heard(1)
    const before = queries.count
    const next = await Promise.all(Array.from({ length: 10 }, () => come()))
    assert.equal(queries.count, before)
    for (const { headers } of next) {
      const said = (all: Headers) => [...all].filter(([name]) => !notAboutThisOne.test(name))
      assert.deepEqual(said(headers), said(first.headers))
    }
    await ctx.liveCounts.tick()
    for (const listener of next) assert.deepEqual(await listener.heard(1), event)
    assert.equal(ctx.liveCounts.watching(), 11)
  })

  test('and knows what is true is told nothing until it changes', async () => {
    const { ctx, come } = await openProcess(100)
    const { id } = await (await come()).heard(1)
    const [again, anew] = [await come({ 'last-event-id': id }), await come()]
    await ctx.liveCounts.tick()
    await anew.heard(1)
    assert.equal(again.events.length, 0)
  })

  test('gets nothing else on that connection, whatever it asks for there', async () => {
    const { ctx, url, come } = await openProcess(100)
    await (await come()).heard(1)
    const { host, hostname, port, pathname } = new URL(url)
    const request = (path: string) => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`
    const socket = connect(Number(port), hostname)
    let heard = ''
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString()))
    socket.write(request(pathname))
    await until('it is let in', () => heard.includes('retry: '))
    // to whom Node lends the parser that read for the first
    const another = connect(Number(port), hostname)
    let answer = ''
    another.on('data', (chunk: Buffer) => (answer += chunk.toString()))
    const halves = [request('/healthz').slice(0, 20), request('/healthz').slice(20)] as const
    another.write(halves[0])
    const isPassed = async () => (await fetch(new URL('/healthz', url))).ok
    assert.ok(await isPassed())
    socket.write(request('/en') + request(pathname))
    assert.ok(await isPassed())
    another.write(halves[1])
    await until('the other one is answered', () => answer.includes('\r\n\r\n'))
    assert.match(answer, /^HTTP\/1.1 200 /)
    await ctx.liveCounts.tick()
    await until('it hears the counts', () => heard.includes('event: count'))
    assert.equal(heard.split('HTTP/1.1').length, 2)
    for (const each of [socket, another]) each.destroy()
  })

  test('is told when the statement was taken down', async () => {
    const { ctx, url, come } = await openProcess(100)
    await (await come()).heard(1)
    const state = (to: 'open' | 'taken-down') =>
      ctx.db.updateTable('statements').set({ state: to }).where('slug', '=', slug).execute()
    await state('taken-down')
    site.clock.advance({ seconds: 1 })
    await ctx.liveCounts.tick()
    const answer = await fetch(url)
    await state('open')
    assert.equal(answer.status, 410)
  })

  test('finds no place where none is left, and one when somebody leaves', async () => {
    const { ctx, url, elsewhere, come } = await openProcess(3)
    const leaving = await come()
    await Promise.all([come(), come()])
    // before the framework, and in it: nobody listens there yet
    for (const refused of [await fetch(url), await fetch(elsewhere)]) {
      assert.equal(refused.status, 503)
      assert.equal(refused.headers.get('retry-after'), '60')
      await refused.text()
    }
    assert.equal((await fetch(url, { method: 'HEAD' })).status, 200)
    leaving.close()
    await until('it has left', () => ctx.liveCounts.watching() === 2)
    await come()
  })

  test('leaves places for others once they are scarce, however many share its network', async () => {
    const { url, come } = await openProcess(32)
    for (let n = 0; n < 16; n += 1) await come(from(`203.0.113.${n}`))
    const refused = await fetch(url, { headers: from('203.0.113.77') })
    assert.equal(refused.status, 503)
    await come(from('198.51.100.1'))
    await come(from('198.51.100.2'))
    assert.equal((await fetch(url, { headers: from('198.51.100.3') })).status, 503)
    // what a visitor says of itself does not count, only what the proxy adds
    const headers = from('192.0.2.7, 198.51.100.3')
    assert.equal((await fetch(url, { headers })).status, 503)
    await come(from('192.0.2.7'))
  })
})
