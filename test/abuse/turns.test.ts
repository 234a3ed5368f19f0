// Only a few forms are worked on at once, in the order of coming; who leaves keeps no place.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { Turns } from '../../src/abuse/turns.ts'
import { somebody } from '../support/people.ts'
import { sign } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

test('places are given in the order of asking, and never more than there are', async () => {
  const turns = new Turns(2)
  const order: number[] = []
  const done = Promise.all(
    [1, 2, 3, 4, 5].map(async (who) => {
      await turns.take()
      order.push(who)
    }),
  )
  await Promise.resolve()
  assert.deepEqual(order, [1, 2])
  for (let times = 0; times < 3; times += 1) turns.give()
  await done
  assert.deepEqual(order, [1, 2, 3, 4, 5])
})

/** Sends a form and hangs up at once. */
async function signAndLeave(site: TestSite, slug: string): Promise<void> {
  const body = new URLSearchParams({ ...somebody(), checked: 'yes' }).toString()
  const socket = connect(site.port, '127.0.0.1')
  const lines = [
    `POST /statements/${slug}/endorse HTTP/1.1`,
    'Host: localhost',
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${body.length}`,
    '',
    body,
  ]
  socket.write(lines.join('\r\n'), () => socket.destroy())
  await once(socket, 'close')
}

test('those who leave before they are answered keep no place', async () => {
  const site = await openSite()
  const slug = await site.publish()
  for (let times = 0; times < 3; times += 1) {
    const leaving = Array.from({ length: 30 }, () => signAndLeave(site, slug))
    const staying = Array.from({ length: 10 }, () => sign(site, slug, somebody()))
    await Promise.all(leaving)
    const answers = await Promise.all(staying)
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [303])
  }
})
