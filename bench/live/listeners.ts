// A process that does nothing but listen: thousands of bare connections to one address, each of which
// notes when it was told of which total. Orders come from its parent, one answer for each.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export interface Order {
  connect?: { port: number; path: string; howMany: number; from: number }
  /** when which total was confirmed, by Date.now(); how late was everybody told of each? */
  report?: { confirmed: [total: number, at: number][] }
}

export interface Connected {
  listening: number
  /** answered 503 */
  refused: number
}

export interface Report {
  /** so many times it took n ms, by n */
  delays: number[]
  /** who has not heard of the last one */
  missing: number
}

interface Told {
  total: number
  at: number
}

const listeners: Told[][] = []
let refused = 0
const atOnce = 50
// a pair of addresses has 28,000 ports at most, and some are still closing
const perAddress = 5000

async function connectAll({ port, path, howMany, from }: Required<Order>['connect']) {
  for (let n = 0; n < howMany; n += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, howMany - n) }, (_, k) =>
      listen(port, path, `127.0.0.${from + Math.floor((n + k) / perAddress)}`),
    )
    await Promise.all(some)
  }
  // those let in are told at the next look
  await pause(1500)
  return { listening: listeners.length, refused }
}

async function listen(port: number, path: string, localAddress: string): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${asBrowsersDo}\r\n`)
  const [answer] = (await once(socket, 'data')) as [Buffer]
  const status = answer.toString('latin1', 9, 12)
  if (status === '200') keep(socket, answer)
  else if (status === '503') refused += 1
  else throw new Error(answer.toString('latin1'))
}

const asBrowsersDo = [
  'Accept: text/event-stream',
  'Accept-Encoding: gzip, deflate, br, zstd',
  'Accept-Language: en-GB,en;q=0.5',
  'Cache-Control: no-cache',
  'User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  'Sec-Fetch-Dest: empty',
  'Sec-Fetch-Mode: cors',
  'Sec-Fetch-Site: same-origin',
  '',
].join('\r\n')

function keep(socket: Socket, first: Buffer): void {
  const told: Told[] = []
  listeners.push(told)
  const hear = (piece: Buffer) => {
    const text = piece.toString('latin1')
    // an event is small, and comes in one piece
    const at = text.lastIndexOf('"total":')
    if (at !== -1) told.push({ total: Number.parseInt(text.slice(at + 8), 10), at: Date.now() })
  }
  hear(first)
  socket.on('data', hear)
  socket.on('close', () => process.send?.({ fault: 'a listener was cut off' }))
}

function report(confirmed: [number, number][]): Report {
  const delays: number[] = []
  let missing = 0
  for (const told of listeners) {
    let next = 0
    for (const [total, at] of confirmed) {
      while (next < told.length && (told[next]?.total ?? 0) < total) next += 1
      const heard = told[next]
      if (heard === undefined) missing += 1
      else delays[heard.at - at] = (delays[heard.at - at] ?? 0) + 1
    }
  }
  return { delays: Array.from(delays, (n) => n ?? 0), missing }
}

async function obey(order: Order): Promise<void> {
  if (order.report) process.send?.(report(order.report.confirmed))
  if (order.connect) process.send?.(await connectAll(order.connect))
}

process.on('message', (order: Order) => void obey(order))
process.once('disconnect', () => process.exit())
