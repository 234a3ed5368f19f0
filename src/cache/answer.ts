// Sends a kept page: all of it in an encoding that is accepted, or that it has not changed.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { encodingFor, type Page, type Sent, sentAs } from './kept-pages.ts'
import type { Asked } from './simple-request.ts'

export function answer(req: IncomingMessage, res: ServerResponse, page: Page): void {
  const { status, headers, body } = choose(req, page)
  res.writeHead(status, headers)
  if (req.method === 'HEAD' || status === 304) res.end()
  else res.end(body)
}

export function choose(asked: Asked, page: Page): Sent {
  const accepted = asked.headers['accept-encoding']
  return sentAs(page, hasIt(asked, page) ? 'unchanged' : encodingFor(accepted))
}

/** Who reloads on purpose says no-cache, and gets all of it. */
function hasIt({ headers }: Asked, { etag }: Page): boolean {
  const known = headers['if-none-match']
  if (known === undefined || /no-cache/i.test(headers['cache-control'] ?? '')) return false
  return known.trim() === '*' || known.split(',').some((tag) => weak(tag) === weak(etag))
}

/** Comparing tags is weak here (RFC 9110, 13.1.2): all encodings have the same one. */
function weak(tag: string): string {
  return tag.trim().replace(/^W\//, '')
}
