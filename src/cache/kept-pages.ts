// Answers in memory, each in the encodings that were asked for; the least used are let go first.
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

export type Encoding = 'br' | 'gzip' | 'identity'
/** how a page is sent; unchanged: only that it is as before */
type Way = Encoding | 'unchanged'

/** What is sent: names and values of headers in turn, as node:http takes them. */
export interface Sent {
  status: 200 | 304
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
  sent: Map<Way, Sent>
}

export interface KeptPages {
  find(url: string): Page | undefined
  keep(url: string, page: Page): void
}

const smallest = 400
// what is sent many times may take its time, but a visitor waits for it once
const brotliQuality = 5

/** @param mostBytes of all bodies; with their encodings, and as they are sent, it may be three times as much */
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

/** Made when it is first asked for. */
export function sentAs(page: Page, way: Way): Sent {
  const wanted = page.body.length < smallest && way !== 'unchanged' ? 'identity' : way
  const known = page.sent.get(wanted)
  if (known) return known
  const sent = wanted === 'unchanged' ? unchanged(page) : encoded(page, wanted)
  page.sent.set(wanted, sent)
  return sent
}

function unchanged({ headers }: Page): Sent {
  return { status: 304, headers, body: Buffer.alloc(0) }
}

function encoded(page: Page, encoding: Encoding): Sent {
  const body = encode(page.body, encoding)
  const coding = encoding === 'identity' ? [] : ['Content-Encoding', encoding]
  const about = ['Content-Type', page.type, ...coding, 'Content-Length', String(body.length)]
  return { status: 200, headers: [...page.headers, ...about], body }
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
