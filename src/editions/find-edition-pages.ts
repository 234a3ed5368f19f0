// The edition that an address names, and what every answer about it says in its headers.
import type { Request, Response } from 'express'
import type { Context } from '../context.ts'
import { NotFound } from '../http/errors.ts'
import { speaking } from '../http/respond.ts'
import { findPublic } from '../statements/find-public.ts'
import type { Statement } from '../statements/stored-statement.ts'
import type { Edition } from './edition.ts'
import { listEditions } from './edition-store.ts'

export interface Asked {
  statement: Statement
  edition: Edition
  /** of the statement, the newest first */
  editions: Edition[]
  /** what stands behind the number: '' for the page, or '.csv', '.csv.sig' … */
  rest: string
}

/** Throws NotFound, or Gone for a statement that was taken down. */
export async function findAsked(ctx: Context, req: Request): Promise<Asked> {
  const statement = await findPublic(ctx, req)
  const asked = /^([1-9]\d{0,6})(\.[\w.-]+)?$/.exec(String(req.params['edition'] ?? ''))
  const editions = await listEditions(ctx.db, statement.id)
  const edition = editions.find(({ number }) => number === Number(asked?.[1]))
  if (!edition) throw new NotFound()
  return { statement, edition, editions, rest: asked?.[2] ?? '' }
}

/** Where it is kept for good (RFC 8574), and what stands beside it. */
export function sayWhich(ctx: Context, res: Response, asked: Asked): void {
  const { statement, edition, editions } = asked
  const { urls } = speaking(ctx, res)
  const at = (number: number) => urls.edition(statement.slug, number)
  const links = [
    [edition.number, 'cite-as'],
    ...editions
      .filter(({ number }) => Math.abs(number - edition.number) === 1)
      .map(({ number }) => [number, number < edition.number ? 'prev' : 'next'] as const),
    [editions[0]?.number ?? edition.number, 'latest-version'],
  ] as [number, string][]
  res.set({
    Link: links.map(([number, rel]) => `<${at(number)}>; rel="${rel}"`).join(', '),
    'Cache-Control': 'public, no-cache',
    'X-Robots-Tag': 'noindex',
  })
}
