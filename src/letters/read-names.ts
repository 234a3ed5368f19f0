// All names of a list at one instant, with the counts of that instant (product.md R1).
import type { Db } from '../db/schema.ts'
import { inSnapshot } from '../db/snapshot.ts'
import type { Counts } from '../signatories/counts.ts'
import { type ListFilters, openList } from '../signatories/list.ts'
import { type Row, rowOf } from '../signatories/rows.ts'
import type { Statement } from '../statements/stored-statement.ts'
import type { Speech } from './words.ts'

/** A longer list takes more memory than a small machine has. */
export const mostNames = 20_000

export async function readNames(
  db: Db,
  statement: Statement,
  filters: ListFilters,
  { text, format }: Speech,
): Promise<{ counts: Counts; rows: Row[] } | 'too-many'> {
  // what is confirmed meanwhile is in both or in neither
  return inSnapshot(db, async (tx) => {
    const { counts, rows: parts } = await openList(tx, statement, text.language, filters)
    const rows: Row[] = []
    for await (const part of parts) {
      rows.push(...part.map((row) => rowOf(row, format)))
      if (rows.length > mostNames) return 'too-many'
    }
    return { counts, rows }
  })
}
