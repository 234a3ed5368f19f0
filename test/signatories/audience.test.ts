// Many listen, and some of them are slow (src/signatories/audience.ts), over real connections.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { Writable } from 'node:stream'
import { after, describe, test } from 'node:test'
import { openAudience } from '../../src/signatories/audience.ts'
import type { LiveEvent } from '../../src/signatories/live-events.ts'
import { TestClock } from '../support/clock.ts'
import { until } from '../support/until.ts'

const server = createServer().listen(0, '127.0.0.1')
await once(server, 'listening')
after(() => server.close())

async function openConnection(): Promise<{ to: Socket; visitor: Socket; read: () => string }> {
  const accepted = once(server, 'connection')
  const visitor = connect((server.address() as AddressInfo).port, '127.0.0.1')
  let text = ''
  const [to] = (await accepted) as [Socket]
  visitor.on('data', (piece) => (text += piece.toString().replaceAll('.', '')))
  after(() => [to, visitor].forEach((socket) => socket.destroy()))
  return { to, visitor, read: () => text }
}

/** more than any system keeps for one connection */
const mostKept = 16 * 1024 * 1024

/** Reads nothing, until even the system keeps nothing more for it. */
async function openSlowOne() {
  const connection = await openConnection()
  const { to, visitor } = connection
  visitor.pause()
  const piece = Buffer.alloc(1024 * 1024, '.')
  while (to.writableLength < mostKept) to.write(piece)
  return connection
}

const event = (version: string): LiveEvent => ({ version, bytes: Buffer.from(`${version}\n`) })
const takeAll = (_chunk: unknown, _encoding: string, done: () => void) => done()
const clock = () => new TestClock('2026-11-21T12:00:00.000Z')

describe('who listens', () => {
  test('and is slow gets the newest count and no backlog; the others do not wait', async () => {
    const audience = openAudience(clock(), () => undefined)
    const [slow, quick] = [await openSlowOne(), await openConnection()]
    for (const { to } of [slow, quick]) audience.add({ to, known: '', isNew: false })
    assert.equal(await audience.tell(event('first'), 'everyone'), 1)
    assert.equal(await audience.tell(event('second'), 'everyone'), 1)
    slow.visitor.resume()
    await until('all is sent that was under way', () => slow.to.writableLength === 0)
    assert.equal(await audience.tell(event('third'), 'everyone'), 2)
    await until('the newest', () => slow.read() !== '')
    assert.equal(slow.read(), 'third\n')
    await until('the quick one has all', () => quick.read() === 'first\nsecond\nthird\n')
  })

  test('and takes nothing for a minute is given up', async () => {
    const time = clock()
    let hasEmptied = false
    const audience = openAudience(time, () => void (hasEmptied = true))
    const { to } = await openSlowOne()
    audience.add({ to, known: '', isNew: false })
    time.advance({ seconds: 59 })
    await audience.keepOpen()
    assert.equal(to.destroyed, false)
    time.advance({ seconds: 1 })
    await audience.keepOpen()
    await until('it is gone', () => hasEmptied)
    assert.equal(audience.size(), 0)
  })

  test('is told in turns, so that others are served meanwhile', async () => {
    const audience = openAudience(clock(), () => undefined)
    for (let n = 0; n < 2000; n += 1) {
      audience.add({ to: new Writable({ write: takeAll }), known: '', isNew: false })
    }
    let turns = 0
    const count = () => {
      turns += 1
      waiting = setImmediate(count)
    }
    let waiting = setImmediate(count)
    assert.equal(await audience.tell(event('first'), 'everyone'), 2000)
    clearImmediate(waiting)
    assert.ok(turns >= 5, `${turns} turns`)
  })
})
