// Use cases: links that show a statement to people without an account before it is public. They
// expire and can be revoked; the database has their hash only.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { findStatementById } from '../statements/find-statement.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { findLink, listLinks, revokeLink, writeLink } from './editor-store.ts'

export const previewDays = 7

type Needs = Pick<Context, 'db' | 'vault' | 'clock' | 'random'>

export async function sharePreview(
  ctx: Needs,
  { id: statement_id, slug }: Statement,
  actor: string,
): Promise<void> {
  const id = ctx.random.id()
  const now = ctx.clock.now()
  const expires = new Date(now.getTime() + previewDays * 86_400_000)
  await ctx.db.transaction().execute(async (tx) => {
    await writeLink(tx, {
      id,
      statement_id,
      hash: hashOf(ctx, tokenOf(ctx, id)),
      created_at: now.toISOString(),
      expires_at: expires.toISOString(),
      revoked_at: null,
    })
    await record(tx, ctx, { actor, action: 'preview shared', subject: slug })
  })
}

const tokenOf = ({ vault }: Pick<Needs, 'vault'>, id: string) => vault.tokenFrom(`preview\0${id}`)
const hashOf = ({ vault }: Pick<Needs, 'vault'>, token: string) =>
  vault.hash('token', 'preview', token)

/** Those that work, with their tokens: made again from their ids. */
export async function previewLinksOf(ctx: Needs, { id }: Statement) {
  const links = await listLinks(ctx.db, id, ctx.clock.now().toISOString())
  return links
    .map((link) => ({ ...link, token: tokenOf(ctx, link.id) }))
    .filter(({ token, hash }) => hashOf(ctx, token) === hash)
}

export async function endPreview(
  ctx: Needs,
  { id: statementId, slug }: Statement,
  linkId: string,
  actor: string,
): Promise<void> {
  const now = ctx.clock.now().toISOString()
  await ctx.db.transaction().execute(async (tx) => {
    const hasEnded = await revokeLink(tx, statementId, linkId, now)
    if (hasEnded) await record(tx, ctx, { actor, action: 'preview ended', subject: slug })
  })
}

/** null for a link that is unknown, expired or revoked. */
export async function readPreviewLink(ctx: Needs, token: string): Promise<Statement | null> {
  const link = await findLink(ctx.db, hashOf(ctx, token), ctx.clock.now().toISOString())
  return link && findStatementById(ctx.db, link.statement_id)
}
