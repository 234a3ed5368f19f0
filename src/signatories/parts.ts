// A list is sent part by part, and a slow reader may take an hour. What it says must still be of the
// instant of its counts (product.md R1), without holding the database or the names for so long:
// - the first entries are read at that instant, of the next twenty thousand only who they are;
// - behind those, who came later or has moved is told by the number of the entry.
// Whoever leaves meanwhile is left out, because that goes before (P-7). What is still open, beyond the
// twenty thousand: who moves up by another name is missed, who shows a name again may be told.
import { setImmediate } from 'node:timers/promises'
import type { Db } from '../db/schema.ts'
import {
  findPlace,
  isLetThrough,
  listByIds,
  type ListFilters,
  listFrom,
  listIds,
  newestNumber,
  type Place,
  type PlacedRow,
  type SignatoryRow,
} from './signatory-store.ts'

interface Wanted {
  statementId: string
  collation: string
  filters: ListFilters
}

interface Instant {
  first: PlacedRow[]
  /** of those behind the first, filtered or not, in their order */
  ids: string[]
  /** of the last of these ids, when there may be others behind it */
  end: Place | null
  newest: number
}

// what is made of more at once outlives its use, and memory grows
const partSize = 250
const mostRead = 2 * partSize
// 10 ms with SQLite, which lets nobody else have their turn, and 1 MB for each reader
const mostIds = 20_000

/** To be called in a snapshot. */
export async function readInstant(tx: Db, wanted: Wanted): Promise<Instant> {
  const { statementId, collation } = wanted
  const first = await listFrom(tx, statementId, collation, null, mostRead)
  const last = first.at(-1)
  if (first.length < mostRead || !last) return { first, ids: [], end: null, newest: 0 }
  const ids = await listIds(tx, statementId, collation, last, mostIds)
  const lastId = ids.at(-1)
  const isCut = ids.length === mostIds && lastId !== undefined
  const end = isCut ? await findPlace(tx, lastId, collation) : null
  return { first, ids, end, newest: isCut ? await newestNumber(tx, statementId) : 0 }
}

export async function* partsOf(
  db: Db,
  wanted: Wanted,
  { first, ids, end, newest }: Instant,
): AsyncGenerator<SignatoryRow[]> {
  const isNew = end === null ? () => true : noneTwice(newest)
  // no query looks for those whom the filters let through: it could take seconds to find a few
  const isTold = (row: SignatoryRow) => isLetThrough(row, wanted.filters) && isNew(row)
  // what was handed over is not kept for a slow reader
  while (first.length > 0) yield first.splice(0, partSize).filter(isTold)
  for (let at = 0; at < ids.length; at += partSize) {
    // with SQLite and a fast reader nothing else gives way, and a part takes some milliseconds
    await setImmediate()
    const rows = await listByIds(db, ids.slice(at, at + partSize))
    const found = rows.filter(isTold)
    if (found.length > 0) yield found
  }
  if (end === null) return
  for await (const rows of behind(db, wanted, end)) {
    await setImmediate()
    const found = rows.filter(isTold)
    if (found.length > 0) yield found
  }
}

async function* behind(
  db: Db,
  { statementId, collation }: Wanted,
  end: Place,
): AsyncGenerator<SignatoryRow[]> {
  for (let last: Place | undefined = end; last !== undefined;) {
    const rows: PlacedRow[] = await listFrom(db, statementId, collation, last, partSize)
    yield rows
    last = rows.length < partSize ? undefined : rows.at(-1)
  }
}

/** Lets each entry through once, and none that came after the newest; takes a bit for each. */
function noneTwice(newest: number): (row: SignatoryRow) => boolean {
  const told = new Uint8Array((newest >> 3) + 1)
  return ({ number }) => {
    const bit = 1 << (number & 7)
    const byte = told[number >> 3] ?? 0
    if (number > newest || (byte & bit) !== 0) return false
    told[number >> 3] = byte | bit
    return true
  }
}
