// Use case: the panic switch (product.md P-2). Takes names out of every public output at once; the
// counts stay, and only each endorser can show their own name again.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { retryDeadlocks } from '../db/deadlock.ts'
import type { Db } from '../db/schema.ts'
import { scrub } from '../db/scrub.ts'
import { moveToWithheld } from '../signatories/move-to-withheld.ts'
import { findStatement, lockStatement } from '../statements/find-statement.ts'
import { noteNamesHidden } from '../statements/change-statement.ts'
import type { NamesHidden } from '../statements/tables.ts'
import { hideListed } from './endorsement-store.ts'

/** @returns how many names were hidden, null when there is no such statement */
export async function hideNames(
  ctx: Pick<Context, 'db' | 'clock' | 'config'>,
  slug: string,
  whose: NamesHidden,
  actor: string,
): Promise<number | null> {
  const hidden = await retryDeadlocks(() =>
    ctx.db.transaction().execute((tx) => hideIn(tx, ctx, slug, whose, actor)),
  )
  await scrub(ctx.db, ctx.config.database.kind)
  return hidden
}

async function hideIn(
  tx: Db,
  ctx: Pick<Context, 'clock'>,
  slug: string,
  whose: NamesHidden,
  actor: string,
): Promise<number | null> {
  const found = await findStatement(tx, slug)
  if (!found) return null
  // in the order in which confirming locks: endorsement, statement, counts
  const hidden = await hideListed(tx, found.id, whose)
  const statement = (await lockStatement(tx, slug)) ?? found
  await noteNamesHidden(tx, ctx, statement, whose)
  await moveToWithheld(tx, ctx, statement.id, whose, hidden)
  const detail = { whose, names: hidden.length }
  await record(tx, ctx, { actor, action: 'names hidden', subject: slug, detail })
  return hidden.length
}
