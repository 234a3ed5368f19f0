// Who has sent a request is answered, whatever the server is busy with while it is let go.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { test } from 'node:test'
import { openDrain } from '../../src/http/drain.ts'
import { openSite } from '../support/site.ts'

const request = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'

/** Nobody else has a turn. */
function work(ms: number): void {
  const end = performance.now() + ms
  while (performance.now() < end);
}

/** A server that is asked for something, and how to let it go. */
async function openAsked() {
  const { promise: begun, resolve: begin } = Promise.withResolvers<ServerResponse>()
  const server = createServer((_req, res) => begin(res))
  const { drain } = openDrain(server)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1')
  client.write(request)
  const res = await begun
  server.on('request', (_req, again: ServerResponse) => again.end('second'))
  return { client, res, drain }
}

test('who asked before is told, too, to come back on another connection', async () => {
  const { client, res, drain } = await openAsked()
  const drained = drain(0)
  res.end('first')
  assert.match(await text(client), /\r\nConnection: close\r\n/)
  await drained
})

test('so is who gets a page from memory', async () => {
  const site = await openSite({ background: true })
  const client = connect(site.port, '127.0.0.1')
  const ask = async () => {
    client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
    const [said] = (await once(client, 'data')) as [Buffer]
    return said.toString()
  }
  for (let n = 0; n < 3; n += 1) assert.doesNotMatch(await ask(), /\r\nConnection: close\r\n/)
  const stopping = site.stop()
  assert.match(await ask(), /\r\nConnection: close\r\n/)
  await stopping
})

test('a request that came while the server was busy is answered, not cut off', async () => {
  const { client, res, drain } = await openAsked()
  // told that the connection stays open
  res.writeHead(200, { 'Content-Length': 5 })
  res.flushHeaders()
  const drained = drain(0)
  res.end('first')
  await once(client, 'data')
  client.write(request)
  work(100)
  assert.match(await text(client), /\r\nConnection: close\r\n[^]*second/)
  await drained
})
