// Where to go on after signing in: only to a page of this desk, never to another site.
import type { Request } from 'express'
import { textParam } from '../http/query.ts'

export function nextPath(req: Request): string | undefined {
  const next = textParam(req, 'next')
  return /^(?:\/[a-z]{2})?\/desk(?:[/?][\w\-./?=&%+]*)?$/.test(next) ? next : undefined
}
