// Use cases: opening and closing a statement by hand.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { hurryMails } from '../mail/queue.ts'
import { lockStatement, writeStatement } from './statement-store.ts'
import { type Statement, statusAt } from './stored-statement.ts'

export type Opened = 'opened' | 'already-open' | 'deadline-passed' | 'ended' | 'not-found'
export type Closed = 'closed' | 'already-closed' | 'not-open' | 'not-found'

type Needs = Pick<Context, 'db' | 'clock'>

/** Opens now, whatever `opens_at` says; reopens one that was closed by hand before its deadline. */
export async function openStatement(
  { db, clock }: Needs,
  slug: string,
  actor = 'system',
): Promise<Opened> {
  return db.transaction().execute(async (tx) => {
    const statement = await lockStatement(tx, slug)
    return statement ? openLocked(tx, { clock }, statement, actor) : 'not-found'
  })
}

/** @param statement locked by the caller's transaction */
export async function openLocked(
  tx: Db,
  { clock }: Pick<Context, 'clock'>,
  statement: Statement,
  actor: string,
): Promise<Exclude<Opened, 'not-found'>> {
  const now = clock.now()
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
  // those who were invited to the draft wait for it
  const wanted = { kind: 'invitation', statementId: statement.id, now: now.toISOString() } as const
  await hurryMails(tx, wanted)
  await record(tx, { clock }, { actor, action: 'statement opened', subject: statement.slug })
  return 'opened'
}

/**
 * Opens by itself at an instant; null: not before somebody opens it.
 * @param statement a draft, locked by the caller's transaction
 */
export async function scheduleLocked(
  tx: Db,
  { clock }: Pick<Context, 'clock'>,
  statement: Statement,
  opensAt: Statement['opensAt'],
  actor: string,
): Promise<void> {
  await writeStatement(tx, { ...statement, opensAt, updatedAt: clock.now().toISOString() })
  const detail = { opens_at: opensAt?.instant ?? null }
  const subject = statement.slug
  await record(tx, { clock }, { actor, action: 'statement scheduled', subject, detail })
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
