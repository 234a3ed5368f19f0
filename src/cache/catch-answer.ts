// Takes what the framework answers, when everyone may have it; it is then sent as it will be again.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { answer } from './answer.ts'
import type { Page } from './kept-pages.ts'

/** what a page says of itself when everyone sees the same (src/http/respond.ts) */
const forEveryone = 'public, no-cache'
const written = /^(?:content-(?:type|length|encoding)|transfer-encoding|cache-control|etag|vary)$/

/** @param keep null: it is not for everyone */
export function catchAnswer(
  req: IncomingMessage,
  res: ServerResponse,
  { version, maxAge }: { version: string; maxAge: number },
  keep: (page: Page | null) => void,
): void {
  const asked = { ...req.headers }
  // the whole answer is wanted, whatever this visitor has
  delete req.headers['if-none-match']
  delete req.headers['if-modified-since']
  const end = res.end.bind(res)
  res.end = ((chunk?: unknown, encoding?: BufferEncoding) => {
    res.end = end
    Object.assign(req.headers, asked)
    const body = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk
    if (!Buffer.isBuffer(body) || !isForEveryone(res)) {
      keep(null)
      return end(chunk, encoding as BufferEncoding)
    }
    const page = pageOf(res, { version, body, maxAge })
    keep(page)
    for (const name of res.getHeaderNames()) res.removeHeader(name)
    answer(req, res, page)
    return res
  }) as typeof res.end
}

function isForEveryone(res: ServerResponse): boolean {
  return (
    res.statusCode === 200 &&
    res.getHeader('cache-control') === forEveryone &&
    !res.hasHeader('set-cookie') &&
    !res.headersSent
  )
}

function pageOf(
  res: ServerResponse,
  { version, body, maxAge }: { version: string; body: Buffer; maxAge: number },
): Page {
  const said = (name: string) => String(res.getHeader(name) ?? '')
  const [etag, type] = [said('etag'), said('content-type')]
  const theirs = Object.entries(res.getHeaders())
    .filter(([name]) => !written.test(name))
    .flatMap(([name, value]) => [name, String(value)])
  const ours = ['Cache-Control', cacheControlFor(maxAge), 'ETag', etag, 'Vary', 'Accept-Encoding']
  const headers = [...theirs, ...ours]
  const made = { version, renderedAt: performance.now() }
  return { ...made, etag, type, headers, body, sent: new Map() }
}

/** A browser asks each time whether it has changed, so that nobody misses what they did themselves. */
function cacheControlFor(seconds: number): string {
  if (seconds === 0) return forEveryone
  return `public, max-age=0, s-maxage=${seconds}, stale-while-revalidate=${seconds}`
}
