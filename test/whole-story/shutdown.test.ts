import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { somebody } from '../support/people.ts'
import { openServed } from '../support/served.ts'

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
    test(`(${signal}) answers what has begun, lets live listeners go, and ends with 0`, async () => {
      const { serve } = await openServed()
      const { address, running } = await serve()
      const live = await fetch(`${address}/statements/a-letter/live`)
      const { socket, rest } = await halfSent(address)

      const from = performance.now()
      const ending = running.stop(signal)
      await live.text()
      const answer = text(socket)
      socket.write(rest)
      assert.match(await answer, /^HTTP\/1\.1 303 /)
      const { code, stderr } = await ending
      assert.deepEqual([code, stderr], [0, ''])
      const seconds = (performance.now() - from) / 1000
      assert.ok(seconds < 3, `it took ${seconds} s`)
    })
  }

  test('does not wait for a mail server that hangs, and the mail goes out after the next start', async () => {
    const { serve, inbox } = await openServed()
    const first = await serve()
    inbox.answer = 'hang'
    const answers = somebody({ checked: 'yes' })
    await fetch(`${first.address}/statements/a-letter/endorse`, {
      method: 'POST',
      body: new URLSearchParams(answers),
      redirect: 'manual',
    })
    await inbox.asked()
    const from = performance.now()
    const { code } = await first.running.stop()
    assert.equal(code, 0)
    const seconds = (performance.now() - from) / 1000
    assert.ok(seconds < 8, `it took ${seconds} s`)
    inbox.answer = 'accept'
    await serve()
    await inbox.waitFor(answers['email'] ?? '', { within: 90_000 })
  })
})
