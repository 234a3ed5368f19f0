// How many endorse since when. Only those who are named have a day: the list tells it. A day of the
// hidden would tell who they are (product.md P-11), so they are in the totals only.
import type { Db } from '../db/schema.ts'
import { inSnapshot } from '../db/snapshot.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { type ByCountry, byCountry } from './by-country.ts'
import { type DayCount, readDays } from './listed-store.ts'

export type { DayCount } from './listed-store.ts'

/** Everything about a statement that is told in numbers. */
export interface Numbers extends ByCountry {
  /** of those on the list; the first day first */
  days: DayCount[]
}

/** All of one instant, so that days, countries and totals belong together (product.md R1). */
export async function numbersOf(db: Db, statement: Statement): Promise<Numbers> {
  return inSnapshot(db, async (tx) => ({
    ...(await byCountry(tx, statement)),
    days: await readDays(tx, statement.id),
  }))
}
