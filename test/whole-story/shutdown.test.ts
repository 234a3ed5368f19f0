import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, describe, test } from 'node:test'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/open.ts'
import { somebody } from '../support/people.ts'
import { openServed } from '../support/served.ts'
import { until } from '../support/until.ts'

/** A sign-on whose last byte has not been sent yet, on a connection that wants to stay open. */
async function halfSent(address: string): Promise<{ socket: Socket; rest: string }> {
  const { hostname, port } = new URL(address)
  const body = new URLSearchParams(somebody({ checked: 'yes' })).toString()
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  const head = [
    'POST /statements/a-letter/endorse HTTP/1.1',
    `Host: ${hostname}:${port}`,
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${body.length}`,
    'Expect: 100-continue',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  // the server has begun with this request as soon as it asks for the body
  const [asked] = (await once(socket, 'data')) as [Buffer]
  assert.match(asked.toString(), /^HTTP\/1\.1 100 /)
  socket.write(body.slice(0, -1))
  return { socket, rest: body.slice(-1) }
}

describe('SIGTERM', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    test(`(${signal}) answers what has begun, lets all others go, and ends with 0`, async () => {
      const { serve } = await openServed()
      const { address, running } = await serve()
      const live = await fetch(`${address}/statements/a-letter/live`)
      const { socket, rest } = await halfSent(address)
      const silent = connect(socket.remotePort ?? 0, socket.remoteAddress)
      await once(silent, 'connect')

      const ending = running.stop(signal)
      // whoever still listens when patience ends is cut off, which would be a fault here
      await live.text()
      await once(silent.resume(), 'close')
      const answer = text(socket)
      socket.write(rest)
      assert.match(await answer, /^HTTP\/1\.1 303 /)
      const { code, stderr } = await ending
      assert.deepEqual([code, stderr], [0, ''])
    })
  }

  test('does not wait for a mail server that hangs; the mail stays in the outbox', async () => {
    const { serve, inbox, database } = await openServed()
    inbox.answer = 'hang'
    const { address, running } = await serve()
    await fetch(`${address}/statements/a-letter/endorse`, {
      method: 'POST',
      body: new URLSearchParams(somebody({ checked: 'yes' })),
      redirect: 'manual',
    })
    await until('the mail server is talked to', () => inbox.connections > 0)
    assert.equal((await running.stop()).code, 0)

    const db = await openDatabase(readConfig({ DATABASE_URL: database.url }).database)
    after(() => db.destroy())
    const rows = await db.selectFrom('outbox').select(['state', 'attempts']).execute()
    // waited for, it would have been put back for another attempt
    assert.deepEqual(rows, [{ state: 'claimed', attempts: 1 }])
  })
})
