// The edition that an address names.
import type { Request } from 'express'
import type { Context } from '../context.ts'
import { NotFound } from '../http/errors.ts'
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
