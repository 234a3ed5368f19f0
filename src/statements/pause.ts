// Use cases: signing of one statement rests for a while; confirming goes on.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { pauseStatement, resumeStatement } from './change-statement.ts'
import { findStatement, lockStatement } from './statement-store.ts'
import type { Statement } from './stored-statement.ts'

type Needs = Pick<Context, 'db' | 'clock'>

/** @returns false when there is no such statement */
export async function pauseSigning(ctx: Needs, slug: string, actor: string): Promise<boolean> {
  return ctx.db.transaction().execute(async (tx) => {
    const statement = await lockStatement(tx, slug)
    if (!statement) return false
    await pauseStatement(tx, ctx, statement)
    await record(tx, ctx, { actor, action: 'paused', subject: slug, detail: { what: 'signing' } })
    return true
  })
}

/** With `extend` the deadline moves by the time that signing rested. */
export async function resumeSigning(
  ctx: Needs,
  slug: string,
  extend: boolean,
  actor: string,
): Promise<Statement | null> {
  return ctx.db.transaction().execute(async (tx) => {
    const statement = await lockStatement(tx, slug)
    if (!statement) return null
    await resumeStatement(tx, ctx, statement, extend)
    const detail = { what: 'signing', extend }
    await record(tx, ctx, { actor, action: 'resumed', subject: slug, detail })
    return findStatement(tx, slug)
  })
}
