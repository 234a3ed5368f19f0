// Answers in memory, each in the encodings that were asked for; the least used are let go first.
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

export type Encoding = 'br' | 'gzip' | 'identity'

/** What is sent: names and values of headers in turn, as node:http takes them. */
export interface Sent {
  headers: string[]
  body: Buffer
}

export interface Page {
  /** what it was rendered from (versions.ts) */
  version: string
  /** by performance.now() */
  renderedAt: number
  etag: string
  type: string
  /** without those about the body */
  headers: string[]
  body: Buffer
  encoded: Map<Encoding, Sent>
}

export interface KeptPages {
  find(url: string): Page | undefined
  keep(url: string, page: Page): void
}

const smallest = 400
// what is sent many times may take its time, but a visitor waits for it once
const brotliQuality = 5

/** @param mostBytes of all bodies; with their encodings it may be half as much again */
export function openKeptPages(mostBytes: number): KeptPages {
  const pages = new Map<string, Page>()
  let bytes = 0

  function forget(url: string): void {
    bytes -= pages.get(url)?.body.length ?? 0
    pages.delete(url)
  }

  return {
    find(url) {
      const page = pages.get(url)
      if (!page) return undefined
      // the order of a Map is that of putting in
      pages.delete(url)
      pages.set(url, page)
      return page
    },
    keep(url, page) {
      forget(url)
      pages.set(url, page)
      bytes += page.body.length
      for (const oldest of pages.keys()) {
        if (bytes <= mostBytes) break
        forget(oldest)
      }
    },
  }
}

/** Encoded when it is first asked for. */
export function sentAs(page: Page, encoding: Encoding): Sent {
  const wanted = page.body.length < smallest ? 'identity' : encoding
  const known = page.encoded.get(wanted)
  if (known) return known
  const body = encode(page.body, wanted)
  const coding = wanted === 'identity' ? [] : ['Content-Encoding', wanted]
  const about = ['Content-Type', page.type, ...coding, 'Content-Length', String(body.length)]
  const headers = [...page.headers, ...about]
  const sent = { headers, body }
  page.encoded.set(wanted, sent)
  return sent
}

function encode(body: Buffer, encoding: Encoding): Buffer {
  if (encoding === 'gzip') return gzipSync(body)
  if (encoding === 'identity') return body
  const params = { [constants.BROTLI_PARAM_QUALITY]: brotliQuality }
  return brotliCompressSync(body, { params })
}

/** The best of what is accepted (RFC 9110, 12.5.3). */
export function encodingFor(accepted: string | undefined): Encoding {
  if (accepted === undefined) return 'identity'
  const wanted = accepted.split(',').filter((each) => !/;\s*q=0(?:\.0*)?\s*$/i.test(each))
  const named = new Set(wanted.map((each) => each.split(';')[0]?.trim().toLowerCase()))
  return (['br', 'gzip'] as const).find((each) => named.has(each)) ?? 'identity'
}
