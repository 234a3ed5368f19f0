// Long lists get an index for parts of names (name-index-store.ts), short ones are looked through. Who signs does
// not wait for it: it is brought up to date when thousands are not in it.
import type { Db } from '../db/schema.ts'
import { isSqlite } from '../db/is-sqlite.ts'
import { openTurns } from '../db/turns.ts'
import { areNamesBehind, indexedUpTo, indexNext, makeNameIndex } from './name-index-store.ts'

/** So many are looked through in a millisecond or two. */
const worthIndexing = 5000
/** in one transaction: some ten milliseconds */
const atOnce = 2000

/** @param many from so many on that are not indexed */
export async function indexNames(db: Db, many: number = worthIndexing): Promise<void> {
  if (!isSqlite(db)) return
  const known = await indexedUpTo(db)
  if (!(await areNamesBehind(db, known ?? 0, many))) return
  if (known === null) await db.transaction().execute(makeNameIndex)
  const turn = openTurns()
  let isBehind = true
  while (isBehind) {
    isBehind = await db.transaction().execute(async (tx) => {
      // another process may have been at it meanwhile, or dropped it
      const upTo = await indexedUpTo(tx)
      return upTo !== null && (await indexNext(tx, upTo, atOnce)) > upTo
    })
    await turn()
  }
}
