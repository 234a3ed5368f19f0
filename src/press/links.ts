// Use cases: links by which journalists read a statement under embargo. They can be revoked; the database
// has their hash only (product.md M-3).
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { findStatementById } from '../statements/find-statement.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { findLink, listLinks, revokeLink, writeLink } from './link-store.ts'

type Needs = Pick<Context, 'db' | 'vault' | 'clock' | 'random'>

const tokenOf = ({ vault }: Pick<Needs, 'vault'>, id: string) => vault.tokenFrom(`press\0${id}`)
const hashOf = ({ vault }: Pick<Needs, 'vault'>, token: string) =>
  vault.hash('token', 'press', token)

export async function sharePress(
  ctx: Needs,
  { id: statement_id, slug }: Statement,
  actor: string,
): Promise<void> {
  const id = ctx.random.id()
  const created_at = ctx.clock.now().toISOString()
  await ctx.db.transaction().execute(async (tx) => {
    const hash = hashOf(ctx, tokenOf(ctx, id))
    await writeLink(tx, { id, statement_id, hash, created_at, revoked_at: null })
    await record(tx, ctx, { actor, action: 'press link made', subject: slug })
  })
}

/** Those that work, with their tokens: made again from their ids. */
export async function pressLinksOf(ctx: Needs, { id }: Statement) {
  const links = await listLinks(ctx.db, id)
  return links
    .map((link) => ({ ...link, token: tokenOf(ctx, link.id) }))
    .filter(({ token, hash }) => hashOf(ctx, token) === hash)
}

export async function endPressLink(
  ctx: Needs,
  { id: statementId, slug }: Statement,
  linkId: string,
  actor: string,
): Promise<void> {
  const now = ctx.clock.now().toISOString()
  await ctx.db.transaction().execute(async (tx) => {
    const hasEnded = await revokeLink(tx, statementId, linkId, now)
    if (hasEnded) await record(tx, ctx, { actor, action: 'press link ended', subject: slug })
  })
}

/** null for a link that is unknown or revoked. */
export async function readPressLink(
  ctx: Pick<Needs, 'db' | 'vault'>,
  token: string,
): Promise<Statement | null> {
  const link = /^[\w-]{32}$/.test(token) ? await findLink(ctx.db, hashOf(ctx, token)) : null
  return link && findStatementById(ctx.db, link.statement_id)
}
