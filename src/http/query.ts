// Reading what stands behind the question mark: always text, never trusted.
import type { Request } from 'express'
import type { Paging } from './page.ts'

/** One value, without control characters, at most 200 characters; '' when absent. */
export function textParam(req: Request, name: string): string {
  const value = req.query[name]
  const text = typeof value === 'string' ? value : ''
  return text
    .replaceAll(/\p{Cc}|\p{Cs}/gu, '')
    .trim()
    .slice(0, 200)
}

/** From 1. */
export function pageNumber(req: Request): number {
  const typed = textParam(req, 'page')
  return /^[1-9]\d{0,6}$/.test(typed) ? Number(typed) : 1
}

export function pagingOf(
  page: number,
  perPage: number,
  total: number,
  href: (page: number) => string,
): Paging {
  const pages = Math.max(1, Math.ceil(total / perPage))
  return {
    page,
    pages,
    total,
    previous: page > 1 ? href(Math.min(page - 1, pages)) : null,
    next: page < pages ? href(page + 1) : null,
  }
}
