// Use cases: opening and closing a statement by hand.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { lockStatement, writeStatement } from './statement-store.ts'
import { statusAt } from './stored-statement.ts'

export type Opened = 'opened' | 'already-open' | 'deadline-passed' | 'ended' | 'not-found'
export type Closed = 'closed' | 'already-closed' | 'not-open' | 'not-found'

type Needs = Pick<Context, 'db' | 'clock'>

/** Opens now, whatever `opens_at` says; reopens one that was closed by hand before its deadline. */
export async function openStatement(
  { db, clock }: Needs,
  slug: string,
  actor = 'system',
): Promise<Opened> {
  const now = clock.now()
  return db.transaction().execute(async (tx) => {
    const statement = await lockStatement(tx, slug)
    if (!statement) return 'not-found'
    const status = statusAt(statement, now)
    if (status === 'open') return 'already-open'
    if (status !== 'draft' && status !== 'closed') return 'ended'
    const { closesAt, opensAt } = statement
    if (closesAt !== null && closesAt.instant <= now.toISOString()) return 'deadline-passed'
    const isEarly = opensAt === null || opensAt.instant > now.toISOString()
    await writeStatement(tx, {
      ...statement,
      state: 'open',
      closedAt: null,
      opensAt: isEarly ? { instant: now.toISOString(), zone: opensAt?.zone ?? 'UTC' } : opensAt,
      updatedAt: now.toISOString(),
    })
    await record(tx, { clock }, { actor, action: 'statement opened', subject: slug })
    return 'opened'
  })
}

/** Closes now; the grace period runs from here. */
export async function closeStatement(
  { db, clock }: Needs,
  slug: string,
  actor = 'system',
): Promise<Closed> {
  const now = clock.now()
  return db.transaction().execute(async (tx) => {
    const statement = await lockStatement(tx, slug)
    if (!statement) return 'not-found'
    const status = statusAt(statement, now)
    if (status === 'closed') return 'already-closed'
    if (status !== 'open') return 'not-open'
    await writeStatement(tx, {
      ...statement,
      state: 'closed',
      closedAt: now.toISOString(),
      updatedAt: now.toISOString(),
    })
    await record(tx, { clock }, { actor, action: 'statement closed', subject: slug })
    return 'closed'
  })
}
