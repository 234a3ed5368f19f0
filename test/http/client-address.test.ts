// X-Forwarded-For is believed for as many proxies as TRUST_PROXY says, and for no more: what a visitor
// writes into it stands before what our own proxies have added (product.md S-8).
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import express from 'express'
import { clientAddress } from '../../src/http/client-address.ts'

/** @returns whom our own code and the framework take a visitor for */
async function takenFor(proxies: number, forwarded: string | null): Promise<unknown> {
  const app = express().set('trust proxy', proxies)
  app.get('/', (req, res) => void res.json([clientAddress(req, proxies), req.ip]))
  const server = createServer(app).listen(0, '127.0.0.1')
  after(() => server.close())
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const headers = forwarded === null ? {} : { 'x-forwarded-for': forwarded }
  const answer = await fetch(`http://127.0.0.1:${port}/`, { headers })
  return answer.json()
}

const direct = '127.0.0.1'
const [claimed, visitor, proxy] = ['198.51.100.7', '203.0.113.5', '192.0.2.1']
const cases: [proxies: number, forwarded: string | null, who: string][] = [
  [0, null, direct],
  [0, visitor, direct],
  [0, `${claimed}, ${visitor}, ${proxy}`, direct],
  [1, null, direct],
  [1, visitor, visitor],
  [1, `${claimed}, ${visitor}`, visitor],
  [1, `${claimed},${visitor}`, visitor],
  [2, visitor, visitor],
  [2, `${visitor}, ${proxy}`, visitor],
  [2, `${claimed}, ${visitor}, ${proxy}`, visitor],
]

for (const [proxies, forwarded, who] of cases) {
  test(`TRUST_PROXY=${proxies}, X-Forwarded-For: ${forwarded ?? 'none'}: it is ${who}`, async () => {
    assert.deepEqual(await takenFor(proxies, forwarded), [who, who])
  })
}
