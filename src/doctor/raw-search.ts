// Searches bytes for what should not be in them, the way a thief would.
import { createHash } from 'node:crypto'
import { findAny } from './find-any.ts'

/** A part of the loot: a file, or the rows of a table as text. */
export interface Part {
  place: string
  bytes: Buffer
}

const at = 0x40
const beforeAt = 64
const afterAt = 255

/** Everything that looks like an e-mail address, in lower case. */
export function addressesIn({ bytes }: Part): Set<string> {
  const found = new Set<string>()
  for (let i = bytes.indexOf(at); i !== -1; i = bytes.indexOf(at, i + 1)) {
    const local = /[\p{L}\p{N}._%+-]+$/u.exec(bytes.toString('utf8', Math.max(0, i - beforeAt), i))
    const domain = /^(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}/u.exec(
      bytes.toString('utf8', i + 1, i + 1 + afterAt),
    )
    if (local && domain) found.add(`${local[0]}@${domain[0]}`.toLowerCase())
  }
  return found
}

/** IPv4 addresses, and what browsers call themselves. */
export function visitorsIn({ bytes }: Part): Set<string> {
  const text = bytes.toString('latin1')
  const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)'
  const network = new RegExp(`(?<![\\d.])(?:${octet}\\.){3}${octet}(?![\\d.])`, 'g')
  return new Set([...text.matchAll(network), ...text.matchAll(/Mozilla\/\d/g)].map(([hit]) => hit))
}

/**
 * Runs of hexadecimal digits as long as an MD5 or longer, without the known ones (hashes of public
 * texts and of the audit log). SQLite writes columns one right after the other.
 */
export function hashesIn({ bytes }: Part, known: readonly string[]): Set<string> {
  const found = new Set<string>()
  for (const [run] of bytes.toString('latin1').matchAll(/[0-9a-f]{32,}|[0-9A-F]{32,}/g)) {
    const rest = known.reduce((text, hash) => text.replaceAll(hash, ' '), run.toLowerCase())
    for (const [piece] of rest.matchAll(/[0-9a-f]{32,}/g)) {
      // a long text can be cut at the end of a page of the file, in the middle of a hash
      if (!known.some((hash) => hash.includes(piece))) found.add(piece)
    }
  }
  return found
}

/** Which of some texts are in the parts: as they are, in any case, or hashed without a key. */
export function textsIn(parts: readonly Part[], wanted: readonly string[]): string[] {
  const traces = new Map(wanted.map((text) => [text, tracesOf(text)]))
  const all = new Set([...traces.values()].flat())
  const found = new Set(
    parts.flatMap(({ bytes }) => [...findAny(bytes.toString('utf8').toLowerCase(), all)]),
  )
  return wanted.filter((text) => traces.get(text)?.some((trace) => found.has(trace)))
}

/** Spellings of a text, and their hashes without a key in the usual ways; all in lower case. */
export function tracesOf(text: string): string[] {
  const spellings = [...new Set([text, text.toLowerCase(), text.normalize('NFC')])]
  const hashed = spellings.flatMap((spelling) =>
    ['md5', 'sha1', 'sha256', 'sha512'].flatMap((algorithm) => {
      const digest = createHash(algorithm).update(spelling).digest()
      return [digest.toString('hex'), digest.toString('base64url'), base64Of(digest)]
    }),
  )
  return [...spellings, ...hashed].map((trace) => trace.toLowerCase())
}

const base64Of = (digest: Buffer) => digest.toString('base64').replace(/=+$/, '')
