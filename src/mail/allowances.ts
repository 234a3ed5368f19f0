// How many mails one address may get for one statement (product.md M-5). Addresses are keyed hashes.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { toTheDay, upToTheMinute } from '../text/minutes.ts'
import { countOne, readAllowance } from './allowance-store.ts'
import type { AllowanceKind } from './tables.ts'

const most = 5
const pauseMinutes = 10
/** the count is forgotten this long after the last mail */
export const keptDays = 14

export type Allowance = { may: true } | { may: false; until: Date | null }

/** Takes one mail from the allowance; `until` is when the next one may go, null when there is none. */
export async function takeAllowance(
  db: Db,
  { clock, config }: Pick<Context, 'clock' | 'config'>,
  addressHash: string,
  kind: AllowanceKind,
): Promise<Allowance> {
  if (!config.hasLimits) return { may: true }
  const now = clock.now()
  const before = (ms: number) => new Date(now.getTime() - ms).toISOString()
  const taken = {
    address_hash: addressHash,
    kind,
    last_at: upToTheMinute(now),
    expires_at: toTheDay(new Date(now.getTime() + keptDays * 86_400_000)),
  }
  const limits = {
    now: now.toISOString(),
    lastBefore: before(pauseMinutes * 60_000),
    // instants are kept to the minute, and the clocks of machines differ a little
    toCome: before(-2 * 60_000),
    most,
  }
  if (await countOne(db, taken, limits)) return { may: true }
  const row = await readAllowance(db, addressHash, kind)
  if (row === null || row.sent >= most) return { may: false, until: null }
  return { may: false, until: new Date(Date.parse(row.last_at) + pauseMinutes * 60_000) }
}
