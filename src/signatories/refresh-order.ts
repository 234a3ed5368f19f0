// The list is kept in the order of every interface language. When a language is added, or a new
// Node sorts differently, the stored order is made anew at the next start.
import type { Db } from '../db/schema.ts'
import { COLLATION_VERSION } from '../text/collation.ts'
import { collations, sortKeysOf } from './order.ts'
import { readKnownOrder, readUnordered, writeKnownOrder, writeOrder } from './order-store.ts'

/** @returns how many entries were put in order */
export async function refreshOrder(db: Db): Promise<number> {
  const wanted = JSON.stringify([COLLATION_VERSION, ...collations])
  if ((await readKnownOrder(db)) === wanted) return 0
  let refreshed = 0
  for await (const rows of readUnordered(db)) {
    await db.transaction().execute(async (tx) => {
      for (const row of rows) await writeOrder(tx, row, sortKeysOf(row))
    })
    refreshed += rows.length
  }
  await writeKnownOrder(db, wanted)
  return refreshed
}
