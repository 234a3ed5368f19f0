// Sessions of the desk: opened by a link, kept by a cookie, ended by time or by hand.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import type { Coordinator } from './coordinator.ts'
import { findCoordinator } from './coordinator-store.ts'
import { needsSecondFactor } from './roles.ts'
import {
  deleteStale,
  findSession,
  insertSession,
  noteSeen,
  type SessionRow,
} from './session-store.ts'

/** Nobody stays signed in at a desk that was left. */
export const idleHours = 4
/** Even who works all the time signs in again after a day's work. */
export const longestHours = 12
/** So recently must a second factor have been shown for what cannot be undone. */
export const freshMinutes = 10

type Needs = Pick<Context, 'db' | 'vault' | 'clock'>

export interface Session {
  id: string
  coordinator: Coordinator
  /** the link and, where it is required or set up, the second factor */
  isComplete: boolean
  /** a second factor was shown a short while ago */
  isFresh: boolean
  factorAt: string | null
}

const hourMs = 3_600_000

/** @param browser a few words to know it by in the list of sessions @returns the cookie's token */
export async function openSession(
  tx: Db,
  { vault, clock, random }: Pick<Context, 'vault' | 'clock' | 'random'>,
  { coordinatorId, browser }: { coordinatorId: string; browser: string },
): Promise<string> {
  const id = random.id()
  const token = `${random.id()}${random.id()}`
  const now = clock.now().toISOString()
  await insertSession(tx, {
    id,
    token_hash: vault.hash('token', 'session', token),
    coordinator_id: coordinatorId,
    browser,
    created_at: now,
    seen_at: now,
    factor_at: null,
    wrong_codes: 0,
  })
  return token
}

/** null for a token that is unknown, too old or was not used for too long. */
export async function readSession(ctx: Needs, token: string): Promise<Session | null> {
  const row = await findSession(ctx.db, ctx.vault.hash('token', 'session', token))
  const now = ctx.clock.now()
  if (!row || isOver(row, now)) return null
  const coordinator = await findCoordinator(ctx.db, ctx.vault, { id: row.coordinator_id })
  if (!coordinator) return null
  return {
    id: row.id,
    coordinator,
    isComplete: isComplete(row, coordinator),
    isFresh:
      row.factor_at !== null && now.getTime() - Date.parse(row.factor_at) < freshMinutes * 60_000,
    factorAt: row.factor_at,
  }
}

export function isOver(row: Pick<SessionRow, 'seen_at' | 'created_at'>, now: Date): boolean {
  const age = (since: string) => (now.getTime() - Date.parse(since)) / hourMs
  return age(row.seen_at) >= idleHours || age(row.created_at) >= longestHours
}

function isComplete(row: SessionRow, { role, hasFactor }: Coordinator): boolean {
  return row.factor_at !== null || !(needsSecondFactor(role) || hasFactor)
}

/** Only forms that were sent count as being there: looking changes nothing (product.md M-1). */
export async function stayAwake(ctx: Needs, { id }: Session): Promise<void> {
  await noteSeen(ctx.db, id, ctx.clock.now().toISOString())
}

/** Deletes what nobody can use any more. */
export async function forgetStale({ db, clock }: Pick<Context, 'db' | 'clock'>): Promise<number> {
  const now = clock.now()
  const before = (hours: number) => new Date(now.getTime() - hours * hourMs).toISOString()
  return deleteStale(db, {
    now: now.toISOString(),
    seenBefore: before(idleHours),
    madeBefore: before(longestHours),
  })
}
