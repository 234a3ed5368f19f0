// Use case: are the numbers that everyone sees those of the endorsements? They are kept in step with each
// change (publish.ts); this finds out whether that ever failed, or somebody changed the database by hand.
import { hasDoneSince, lockLog, readHead, record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { retryDeadlocks } from '../db/deadlock.ts'
import type { Db } from '../db/schema.ts'
import { inSnapshot } from '../db/snapshot.ts'
import { openTurns } from '../db/turns.ts'
import { isCounted } from '../endorsements/endorsement.ts'
import { findStatementById } from '../statements/find-statement.ts'
import { addToCells, type Cell, cellIn, type Kept, readCells, walkListed } from './listed-store.ts'
import {
  addToCell,
  beginCheck,
  type CellKey,
  readAllCells,
  walkEndorsements,
} from './tally-store.ts'

export interface PutRight {
  slug: string
  /** the counts that everyone sees, how many of the list the filters let through, and how many came when */
  what: 'counts' | 'list' | 'days'
  /** the number that was shown when it was found, and what it should have been */
  told: number
  counted: number
}

type Compared<Key> = Key & { told: number; counted: number }

interface Found {
  counts: Compared<CellKey>[]
  list: Compared<Cell>[]
  days: Compared<Cell>[]
  /** of the audit log, when it was looked at */
  seq: number
}

/** when few sign, wherever they are */
const nightBeginsMs = 3 * 3_600_000

/** Once a day (from 3 o'clock UTC on), by whichever process comes first. */
export function checkCountsNightly(ctx: Context): () => Promise<void> {
  const { db, clock, config } = ctx
  let last = ''
  return async () => {
    const night = new Date(clock.now().getTime() - nightBeginsMs).toISOString().slice(0, 10)
    if (night === last) return
    last = night
    // SQLite has one process, and what is written there costs writing the whole file anew (db/scrub.ts)
    const isOurs = config.database.kind === 'sqlite' || (await beginCheck(db, night))
    if (isOurs) await putCountsRight(ctx, 'system')
  }
}

export async function putCountsRight(
  ctx: Pick<Context, 'db' | 'clock' | 'log'>,
  actor: string,
): Promise<PutRight[]> {
  const found = await compare(ctx.db)
  if (found.counts.length + found.list.length + found.days.length === 0) return []
  const putRight = await retryDeadlocks(() =>
    ctx.db.transaction().execute((tx) => repair(tx, ctx, found, actor)),
  )
  for (const { slug, ...numbers } of putRight) {
    const words = 'alarm: counts were wrong; see "When counts were wrong" in docs/operating.md'
    ctx.log.error({ alarm: 'counts', subject: slug, ...numbers }, words)
  }
  return putRight
}

/** All as they were at one instant, or every change meanwhile would look like a fault. */
function compare(db: Db): Promise<Found> {
  return inSnapshot(db, async (tx) => {
    const { seq } = await readHead(tx)
    const counts = await findWrong(cellOf, await readAllCells(tx), walkCounted(tx))
    const list = await findWrongIn(tx, 'listed_counts')
    const days = await findWrongIn(tx, 'listed_days')
    return { counts, list, days, seq }
  })
}

async function findWrongIn(tx: Db, table: Kept): Promise<Compared<Cell>[]> {
  return findWrong((entry) => cellIn(table, entry), await readCells(tx, table), walkListed(tx))
}

async function* walkCounted(tx: Db): AsyncGenerator<CellKey[]> {
  for await (const rows of walkEndorsements(tx)) yield rows.filter(isCounted)
}

function cellOf({ statement_id, type, visibility, country }: CellKey): CellKey {
  return { statement_id, type, visibility, country }
}

/** @param pieces all that should be counted */
async function findWrong<Key extends object>(
  keyOf: (row: Key) => Key,
  kept: (Key & { n: number })[],
  pieces: AsyncIterable<Key[]>,
): Promise<Compared<Key>[]> {
  const cells = new Map<string, Compared<Key>>()
  const at = (row: Key) => {
    const key = keyOf(row)
    const place = Object.values(key).join(' ')
    const cell = cells.get(place) ?? { ...key, told: 0, counted: 0 }
    cells.set(place, cell)
    return cell
  }
  for (const cell of kept) at(cell).told = cell.n
  const turn = openTurns()
  for await (const rows of pieces) {
    for (const row of rows) at(row).counted += 1
    await turn()
  }
  // always in the same order, as in publish.ts
  const ordered = [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell)
  return ordered.filter(({ told, counted }) => told !== counted)
}

/** Adds what was missing to what is there by now: what changes meanwhile changes it by as much. */
async function repair(
  tx: Db,
  ctx: Pick<Context, 'clock'>,
  { counts, seq, ...lists }: Found,
  actor: string,
): Promise<PutRight[]> {
  await lockLog(tx)
  // somebody else has found the same
  if (await hasDoneSince(tx, 'counts put right', seq)) return []
  const now = ctx.clock.now().toISOString()
  for (const { told, counted, ...cell } of counts) await addToCell(tx, cell, counted - told, now)
  // whoever hides many names at once counts the list anew
  const isAnew = await hasDoneSince(tx, 'names hidden', seq)
  const { list, days } = isAnew ? { list: [], days: [] } : lists
  await addToCells(tx, 'listed_counts', list.map(asChange))
  await addToCells(tx, 'listed_days', days.map(asChange))
  const done = [
    ...(await sumUp(tx, 'counts', counts)),
    ...(await sumUp(tx, 'list', list)),
    ...(await sumUp(tx, 'days', days)),
  ]
  for (const { slug, ...detail } of done) {
    await record(tx, ctx, { actor, action: 'counts put right', subject: slug, detail })
  }
  return done
}

function asChange({ told, counted, ...cell }: Compared<Cell>) {
  return { cell, by: counted - told }
}

async function sumUp(
  tx: Db,
  what: PutRight['what'],
  wrong: (Compared<object> & { statement_id: string })[],
): Promise<PutRight[]> {
  const done: PutRight[] = []
  for (const [statementId, cells] of Map.groupBy(wrong, (cell) => cell.statement_id)) {
    const slug = (await findStatementById(tx, statementId))?.slug ?? statementId
    const sum = (of: 'told' | 'counted') => cells.reduce((n, cell) => n + cell[of], 0)
    done.push({ slug, what, told: sum('told'), counted: sum('counted') })
  }
  return done
}
