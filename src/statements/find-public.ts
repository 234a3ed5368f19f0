// The statement that an address names, for pages everyone may see: the one gate to what is public.
import type { Request } from 'express'
import type { Context } from '../context.ts'
import { Gone, NotFound } from '../http/errors.ts'
import { throughLink } from '../http/through-link.ts'
import { findStatement } from './statement-store.ts'
import { isEmbargoed, type Statement, statusAt } from './stored-statement.ts'

/**
 * Throws NotFound for one that is unknown, a draft or under embargo (journalists have a link), and Gone
 * for one that was taken down.
 */
export async function findPublic(ctx: Context, req: Request): Promise<Statement> {
  const statement = await findOpened(ctx, req)
  const isByLink = req.res !== undefined && throughLink(req.res)?.slug === statement.slug
  if (isEmbargoed(statement, ctx.clock.now()) && !isByLink) throw new NotFound()
  return statement
}

/** The same, but embargo or not: only for who shows that they were invited. */
export async function findOpened(ctx: Context, req: Request): Promise<Statement> {
  const slug = req.params['slug']
  const isSlug = typeof slug === 'string' && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug)
  const statement = isSlug ? await findStatement(ctx.db, slug) : null
  const now = ctx.clock.now()
  const status = statement && statusAt(statement, now)
  if (!statement || status === 'draft') throw new NotFound()
  if (status !== 'taken-down') return statement
  if (isEmbargoed(statement, now)) throw new NotFound()
  throw new Gone(statement.takenDownReason ?? '')
}
