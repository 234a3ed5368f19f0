// A name server on this machine that knows a few texts (RFC 1035), and nothing else.
import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { once } from 'node:events'
import { after } from 'node:test'

/** Texts by name; a name above another is known, without any text of its own. */
export type Zone = Record<string, string[]>

const noSuchName = 3
const refused = 5

/** @returns a resolver that asks it; `null` lets it refuse every question */
export async function openDns(zone: Zone | null): Promise<Resolver> {
  const socket = createSocket('udp4')
  socket.on('message', (asked, from) => socket.send(answerTo(asked, zone), from.port, from.address))
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  after(() => void socket.close())
  const resolver = new Resolver({ timeout: 20_000, tries: 2 })
  resolver.setServers([`127.0.0.1:${socket.address().port}`])
  return resolver
}

function answerTo(asked: Buffer, zone: Zone | null): Buffer {
  const { name, end } = nameIn(asked)
  const texts = zone?.[name] ?? []
  const isKnown = Object.keys(zone ?? {}).some((each) => each === name || each.endsWith(`.${name}`))
  const head = Buffer.from(asked.subarray(0, 12))
  const code = zone === null ? refused : isKnown ? 0 : noSuchName
  head.writeUInt16BE(0x8580 | code, 2)
  head.writeUInt16BE(texts.length, 6)
  head.writeUInt32BE(0, 8)
  return Buffer.concat([head, asked.subarray(12, end), ...texts.map(recordOf)])
}

function nameIn(asked: Buffer): { name: string; end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = asked[at] ?? 0; length > 0; length = asked[at] ?? 0) {
    labels.push(asked.toString('latin1', at + 1, at + 1 + length).toLowerCase())
    at += 1 + length
  }
  return { name: labels.join('.'), end: at + 5 }
}

/** A TXT record of what was asked for, to be kept for a minute. */
function recordOf(text: string): Buffer {
  const parts = text.match(/.{1,255}/gs) ?? ['']
  const data = parts.flatMap((part) => [Buffer.from([part.length]), Buffer.from(part, 'latin1')])
  const length = data.reduce((sum, each) => sum + each.length, 0)
  const head = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, length >> 8, length & 255])
  return Buffer.concat([head, ...data])
}
