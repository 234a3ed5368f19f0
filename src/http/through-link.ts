// A statement that is read by a private link before it is public: its addresses begin with the link, and
// nobody keeps, indexes or passes on what is read (product.md M-4).
import type { Response } from 'express'
import type { ZonedTime } from '../text/dates.ts'

export interface ThroughLink {
  slug: string
  /** where the statement is found, instead of /statements/SLUG */
  base: string
  /** the address that was asked for, without its language prefix */
  asked: string
  /** when all of it is public */
  until: ZonedTime
}

export function throughLink(res: Response): ThroughLink | null {
  const { throughLink: through } = res.locals as { throughLink?: ThroughLink }
  return through ?? null
}

const privately = { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' }

/** All that answers from here on is private, whatever it says about itself. */
export function goThroughLink(res: Response, through: ThroughLink): void {
  res.locals['throughLink'] = through
  const writeHead = res.writeHead.bind(res)
  res.writeHead = ((...head: Parameters<typeof writeHead>) => {
    for (const [name, value] of Object.entries(privately)) res.setHeader(name, value)
    const saved = res.getHeader('Content-Disposition')
    // a file says so on every disk that it comes to
    if (typeof saved === 'string')
      res.setHeader('Content-Disposition', saved.replace(/filename="?/, '$&EMBARGOED-'))
    return writeHead(...head)
  }) as typeof writeHead
}
