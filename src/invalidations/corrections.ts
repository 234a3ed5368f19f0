// What the public is told of invalidations: when, how many of each type, and why; never who.
import type { Db } from '../db/schema.ts'
import { countTakenOut, listInvalidations } from './invalidation-store.ts'

export interface Correction {
  /** the instant at which it began */
  day: string
  organisations: number
  individuals: number
  reason: string
  language: string
}

/** The newest first; what was taken back altogether is not told. */
export async function correctionsOf(db: Db, statementId: string): Promise<Correction[]> {
  const all = await listInvalidations(db, statementId)
  const numbers = await countTakenOut(
    db,
    all.map(({ id }) => id),
  )
  const howMany = (id: string, type: string) =>
    numbers.find((each) => each.id === id && each.type === type)?.n ?? 0
  return all
    .map(({ id, started_at, reason, language }) => ({
      day: started_at ?? '',
      organisations: howMany(id, 'organisation'),
      individuals: howMany(id, 'individual'),
      reason,
      language,
    }))
    .filter(({ organisations, individuals }) => organisations + individuals > 0)
}
