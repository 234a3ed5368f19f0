// Use case: more time to sign. A statement that has just closed opens again; one whose grace period
// is over does not, because what belongs to signing has been forgotten by then.
import type { Context } from '../context.ts'
import type { ZonedTime } from '../text/dates.ts'
import { announceDeadline } from './announce-deadline.ts'
import { lockStatement, writeStatement } from './statement-store.ts'
import { endOf, mayConfirm, type Statement, statusAt } from './stored-statement.ts'

export type Extended = 'extended' | 'not-later' | 'collided' | 'ended' | 'not-found'

/** Before opening, the deadline is one of the settings. */
export function mayExtend(statement: Statement, now: Date): boolean {
  const status = statusAt(statement, now)
  return status === 'open' || (status === 'closed' && mayConfirm(statement, now))
}

/** @param madeFrom the instant at which signing ended as the form was made (endOf), '' for none */
export async function extendDeadline(
  ctx: Pick<Context, 'db' | 'clock' | 'random'>,
  slug: string,
  closesAt: ZonedTime,
  madeFrom: string,
  actor: string,
): Promise<Extended> {
  const now = ctx.clock.now()
  return ctx.db.transaction().execute(async (tx) => {
    const statement = await lockStatement(tx, slug)
    if (!statement) return 'not-found'
    // also when somebody else closes it by hand: only who has seen that opens it again
    if ((endOf(statement)?.instant ?? '') !== madeFrom) return 'collided'
    const present = statement.closesAt?.instant ?? ''
    if (!mayExtend(statement, now)) return 'ended'
    const isLater = closesAt.instant > now.toISOString() && closesAt.instant > present
    if (!isLater) return 'not-later'
    const reopened = statement.state === 'closed' ? { state: 'open' as const, closedAt: null } : {}
    const updatedAt = now.toISOString()
    await writeStatement(tx, { ...statement, ...reopened, closesAt, updatedAt })
    await announceDeadline(tx, ctx, statement, closesAt, actor)
    return 'extended'
  })
}
