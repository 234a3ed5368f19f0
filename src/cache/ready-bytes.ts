// A whole answer as it goes over the network, put together once a second: it tells the time.
import { STATUS_CODES } from 'node:http'
import type { Sent } from './kept-pages.ts'

interface Ready {
  second: number
  bytes: Buffer
}

const ready = new WeakMap<Sent, Ready>()

/** @param now ms */
export function readyBytes(sent: Sent, now: number): Buffer {
  const second = Math.floor(now / 1000)
  const known = ready.get(sent)
  if (known?.second === second) return known.bytes
  const bytes = Buffer.concat([Buffer.from(headOf(sent, second), 'latin1'), sent.body])
  ready.set(sent, { second, bytes })
  return bytes
}

function headOf({ status, headers }: Sent, second: number): string {
  const date = new Date(second * 1000).toUTCString()
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, `Date: ${date}`]
  for (let n = 0; n < headers.length; n += 2) lines.push(`${headers[n]}: ${headers[n + 1]}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}
