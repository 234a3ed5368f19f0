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
import {
  addToCell,
  beginCheck,
  type CellKey,
  readAllCells,
  walkEndorsements,
} from './tally-store.ts'

export interface PutRight {
  slug: string
  /** the number that was shown when it was found, and what it should have been */
  told: number
  counted: number
}

type Compared = CellKey & { told: number; counted: number }

interface Found {
  wrong: Compared[]
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
  if (found.wrong.length === 0) return []
  const putRight = await retryDeadlocks(() =>
    ctx.db.transaction().execute((tx) => repair(tx, ctx, found, actor)),
  )
  for (const { slug, ...numbers } of putRight) {
    const words = 'alarm: counts were wrong; see "When counts were wrong" in docs/operating.md'
    ctx.log.error({ alarm: 'counts', subject: slug, ...numbers }, words)
  }
  return putRight
}

/** Both as they were at one instant, or every change meanwhile would look like a fault. */
function compare(db: Db): Promise<Found> {
  return inSnapshot(db, async (tx) => {
    const { seq } = await readHead(tx)
    const cells = await compareCells(tx)
    return { wrong: cells.filter(({ told, counted }) => told !== counted), seq }
  })
}

async function compareCells(tx: Db): Promise<Compared[]> {
  const cells = new Map<string, Compared>()
  const at = ({ statement_id, type, visibility, country }: CellKey) => {
    const key = { statement_id, type, visibility, country }
    const place = Object.values(key).join(' ')
    const cell = cells.get(place) ?? { ...key, told: 0, counted: 0 }
    cells.set(place, cell)
    return cell
  }
  for (const cell of await readAllCells(tx)) at(cell).told = cell.n
  const turn = openTurns()
  for await (const rows of walkEndorsements(tx)) {
    for (const row of rows.filter(isCounted)) at(row).counted += 1
    await turn()
  }
  // always in the same order, as in publish.ts
  return [...cells].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cell]) => cell)
}

/** Adds what was missing to what is there by now: what changes meanwhile changes it by as much. */
async function repair(
  tx: Db,
  ctx: Pick<Context, 'clock'>,
  { wrong, seq }: Found,
  actor: string,
): Promise<PutRight[]> {
  await lockLog(tx)
  // somebody else has found the same
  if (await hasDoneSince(tx, 'counts put right', seq)) return []
  const now = ctx.clock.now().toISOString()
  const done: PutRight[] = []
  for (const [statementId, cells] of Map.groupBy(wrong, (cell) => cell.statement_id)) {
    for (const { told, counted, ...cell } of cells) await addToCell(tx, cell, counted - told, now)
    const slug = (await findStatementById(tx, statementId))?.slug ?? statementId
    const sum = (of: 'told' | 'counted') => cells.reduce((n, cell) => n + cell[of], 0)
    const numbers = { told: sum('told'), counted: sum('counted') }
    done.push({ slug, ...numbers })
    await record(tx, ctx, { actor, action: 'counts put right', subject: slug, detail: numbers })
  }
  return done
}
