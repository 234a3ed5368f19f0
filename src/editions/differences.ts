// Who came and who was renamed between two editions. Of those who left there is only a number.
import type { Db } from '../db/schema.ts'
import { listAdded, listRenamed } from './difference-store.ts'
import type { Changes, Edition } from './edition.ts'

/** as many names as a page can show */
const most = 50

export interface Difference extends Changes {
  from: number
  /** the newest of them who are still named */
  addedNames: { number: number; name: string }[]
  renamedNames: { number: number; before: string; after: string }[]
}

/** Of an edition to the one before; null for the first. */
export async function differenceOf(
  db: Db,
  before: Edition | undefined,
  edition: Edition,
): Promise<Difference | null> {
  const { changes } = edition
  if (!before || !changes) return null
  const { added, renamed } = changes
  return {
    ...changes,
    from: before.number,
    addedNames: await listAdded(db, before.id, edition.id, Math.min(added, most)),
    renamedNames: await listRenamed(db, before.id, edition.id, Math.min(renamed, most)),
  }
}
