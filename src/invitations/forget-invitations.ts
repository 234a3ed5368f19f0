// Invitations have served some time after closing (product.md P-9): all of them are deleted.
import type { Db } from '../db/schema.ts'
import { listTimes } from '../statements/find-statement.ts'
import { closedSince } from '../statements/stored-statement.ts'
import { keptDays } from './invitation.ts'
import { deleteOfStatements } from './invitation-store.ts'

/** @returns how many were deleted */
export async function forgetInvitations(db: Db, now: Date): Promise<number> {
  const before = now.getTime() - keptDays * 86_400_000
  const over = (await listTimes(db)).filter((times) => {
    const closed = closedSince(times, now)
    return closed !== null && closed.getTime() <= before
  })
  return deleteOfStatements(
    db,
    over.map(({ id }) => id),
  )
}
