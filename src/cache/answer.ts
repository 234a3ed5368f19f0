// Sends a kept page: all of it in an encoding that is accepted, or that it has not changed.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { encodingFor, type Page, sentAs } from './kept-pages.ts'

export function answer(req: IncomingMessage, res: ServerResponse, page: Page): void {
  if (hasIt(req, page)) {
    res.writeHead(304, page.headers).end()
    return
  }
  const { headers, body } = sentAs(page, encodingFor(req.headers['accept-encoding']))
  res.writeHead(200, headers)
  if (req.method === 'HEAD') res.end()
  else res.end(body)
}

/** Who reloads on purpose says no-cache, and gets all of it. */
function hasIt({ headers }: IncomingMessage, { etag }: Page): boolean {
  const known = headers['if-none-match']
  if (known === undefined || /no-cache/i.test(headers['cache-control'] ?? '')) return false
  return known.trim() === '*' || known.split(',').some((tag) => weak(tag) === weak(etag))
}

/** Comparing tags is weak here (RFC 9110, 13.1.2): all encodings have the same one. */
function weak(tag: string): string {
  return tag.trim().replace(/^W\//, '')
}
