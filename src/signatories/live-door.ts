// Before the framework: who wants counts that others are told already is let in without it, and without
// a query. The connection is taken out of the hands of node:http as for an upgrade of protocols, which
// frees what it keeps for each: 4 kB are left of 15 (docs/adr/0015).
import { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Context } from '../context.ts'
import { clientAddress } from '../http/client-address.ts'
import { retryEvent } from './live-events.ts'

type Needs = Pick<Context, 'liveCounts' | 'places' | 'config'>

/** Asked again by browsers, whose script (static/live.js) takes count.json meanwhile. */
export const retrySeconds = 60

const refusal = [
  'HTTP/1.1 503 Service Unavailable',
  'Connection: close',
  'Cache-Control: no-store',
  `Retry-After: ${retrySeconds}`,
  'Content-Length: 0',
]

/** To be used as the server's class of requests, and as its listener of upgrades. */
export function liveDoor({ liveCounts, places, config }: Needs) {
  class Request extends IncomingMessage {
    #isLive: boolean | null = null

    /** Read by node:http when it has the headers; the same answer each time. */
    get upgrade(): boolean {
      this.#isLive ??= this.method === 'GET' && liveCounts.stream(this.url ?? '') !== null
      return this.#isLive || this.method === 'CONNECT'
    }

    /** What the visitor asks for is not spoken here. */
    set upgrade(_asked: unknown) {}
  }

  function enter(req: IncomingMessage, to: Duplex): void {
    const stream = liveCounts.stream(req.url ?? '')
    const release = stream && places.take(clientAddress(req, config.trustProxy))
    to.on('error', leave)
    to.on('end', leave)
    // what stood before the parser (src/cache/shortcut.ts) knows nothing of its being gone
    to.removeAllListeners('data')
    to.resume()
    if (!stream || !release)
      return void to.end(`${refusal.join('\r\n')}\r\n\r\n`, () => to.destroy())
    to.once('close', release)
    to.write(`HTTP/1.1 200 OK\r\nConnection: close\r\n${stream.headers}\r\n${retryEvent()}`)
    stream.join({ to, known: String(req.headers['last-event-id'] ?? ''), isNew: true })
  }

  return { Request, enter }
}

function leave(this: Duplex): void {
  this.destroy()
}
