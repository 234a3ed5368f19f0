// How many mails one address may get for one statement (product.md M-5). Addresses are keyed hashes.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { readAllowance, writeAllowance } from './allowance-store.ts'
import type { AllowanceKind } from './tables.ts'

const most = 5
const pauseMinutes = 10
/** the count is forgotten this long after the last mail */
const keptDays = 14

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
  const row = await readAllowance(db, addressHash, kind)
  const sent = row !== null && row.expires_at > now.toISOString() ? row.sent : 0
  if (sent >= most) return { may: false, until: null }
  const next = new Date(Date.parse(row?.last_at ?? '1970-01-01') + pauseMinutes * 60_000)
  if (sent > 0 && now < next) return { may: false, until: next }
  await writeAllowance(db, {
    address_hash: addressHash,
    kind,
    sent: sent + 1,
    last_at: now.toISOString(),
    expires_at: new Date(now.getTime() + keptDays * 86_400_000).toISOString(),
  })
  return { may: true }
}
