// The editions of a statement as lists of them show each.
import type { Db } from '../db/schema.ts'
import type { Paths } from '../paths.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { countRemoved } from './correction-store.ts'
import { listEditions } from './edition-store.ts'

/** The newest first. */
export async function listBriefly(db: Db, { id, slug }: Statement, paths: Paths) {
  const editions = await listEditions(db, id)
  const ids = editions.map((edition) => edition.id)
  const removed = await countRemoved(db, ids)
  return editions.map(({ id: editionId, number, reason, madeAt, counts, changes }) => ({
    href: paths.edition(slug, number),
    number,
    reason,
    madeAt,
    counts,
    changes,
    removed: removed.get(editionId) ?? 0,
  }))
}
