// The statement that an address names, for pages everyone may see.
import type { Request } from 'express'
import type { Context } from '../context.ts'
import { Gone, NotFound } from '../http/errors.ts'
import { findStatement } from './statement-store.ts'
import { type Statement, statusAt } from './stored-statement.ts'

/** Throws NotFound for an unknown one or a draft, Gone for one that was taken down. */
export async function findPublic(ctx: Context, req: Request): Promise<Statement> {
  const slug = req.params['slug']
  const isSlug = typeof slug === 'string' && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug)
  const statement = isSlug ? await findStatement(ctx.db, slug) : null
  const status = statement && statusAt(statement, ctx.clock.now())
  if (!statement || status === 'draft') throw new NotFound()
  if (status === 'taken-down') throw new Gone(statement.takenDownReason ?? '')
  return statement
}
