// How many came, left and were renamed since an edition. Whoever leaves the list leaves all editions, so
// that nobody has to be compared with anybody.
import type { Db } from '../db/schema.ts'
import type { Counts } from '../signatories/counts.ts'
import { countRemoved, countRenamed } from './correction-store.ts'
import type { Changes, Edition } from './edition.ts'

const namedIn = ({ total, withheld }: Counts) => total - withheld

/** @param counts of the list as it is */
export async function changesSince(db: Db, edition: Edition, counts: Counts): Promise<Changes> {
  const removed = (await countRemoved(db, [edition.id])).get(edition.id) ?? 0
  return {
    added: namedIn(counts) - (namedIn(edition.counts) - removed),
    removed,
    renamed: await countRenamed(db, edition.statementId, edition.number),
  }
}
