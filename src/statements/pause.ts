// Use cases: signing of one statement rests for a while; confirming goes on.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { moveDeadline, pauseStatement, resumeStatement } from './change-statement.ts'
import { listAllStatements, lockStatement } from './statement-store.ts'
import { type Statement, statusAt } from './stored-statement.ts'

type Needs = Pick<Context, 'db' | 'clock'>

export type Paused = 'paused' | 'already-paused' | 'not-found'

export async function pauseSigning(ctx: Needs, slug: string, actor: string): Promise<Paused> {
  return ctx.db.transaction().execute(async (tx) => {
    const statement = await lockStatement(tx, slug)
    if (!statement) return 'not-found'
    if (statement.pausedAt !== null) return 'already-paused'
    await pauseStatement(tx, ctx, statement)
    await record(tx, ctx, { actor, action: 'paused', subject: slug, detail: { what: 'signing' } })
    return 'paused'
  })
}

export type Resumed =
  { outcome: 'resumed'; statement: Statement } | { outcome: 'not-paused' | 'not-found' }

/** With `extend` the deadline moves by the time that signing rested. */
export async function resumeSigning(
  ctx: Needs,
  slug: string,
  extend: boolean,
  actor: string,
): Promise<Resumed> {
  return ctx.db.transaction().execute(async (tx) => {
    const before = await lockStatement(tx, slug)
    if (!before) return { outcome: 'not-found' }
    if (before.pausedAt === null) return { outcome: 'not-paused' }
    const statement = await resumeStatement(tx, ctx, before, extend)
    const detail = { what: 'signing', extend }
    await record(tx, ctx, { actor, action: 'resumed', subject: slug, detail })
    return { outcome: 'resumed', statement }
  })
}

/**
 * Gives every statement back what the whole site's pause took from it. One that was paused by itself
 * gets its time when it is resumed.
 * @param since when the pause began
 * @returns how many deadlines have moved
 */
export async function extendDeadlines(
  tx: Db,
  ctx: Pick<Context, 'clock'>,
  since: string,
): Promise<number> {
  let moved = 0
  for (const { slug } of await listAllStatements(tx)) {
    const statement = await lockStatement(tx, slug)
    if (!statement || !isShortened(statement, since, ctx.clock.now())) continue
    const from = [since, statement.opensAt?.instant ?? since].toSorted().at(-1) ?? since
    await moveDeadline(tx, ctx, statement, from)
    moved += 1
  }
  return moved
}

function isShortened(statement: Statement, since: string, now: Date): boolean {
  const { state, opensAt, closesAt, pausedAt } = statement
  if (pausedAt !== null || closesAt === null || closesAt.instant <= since) return false
  // open but for its deadline, which the pause may have passed
  return statusAt({ state, opensAt, closesAt: null }, now) === 'open'
}
