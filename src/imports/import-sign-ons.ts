// Use case: brings the planned rows in, as one batch with its evidence. Some hundred rows go in one
// transaction, so that nobody else has to wait long; a batch that breaks off is completed by bringing
// the same file again.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { scrub } from '../db/scrub.ts'
import { bringIn, type Brought } from '../endorsements/bring-in.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { confirmingAt, maySign } from '../statements/stored-statement.ts'
import { claimHashes, finishBatch, holdRunning, insertBatch, insertRows } from './import-store.ts'
import type { Pause } from './pause.ts'
import type { Plan, PlannedRow } from './plan-import.ts'
import type { ImportSource } from './tables.ts'

export interface Import {
  statement: Statement
  plan: Plan
  /** null: everybody gets a confirmation mail */
  evidence: string | null
  source: ImportSource
  hash: string
  /** 'command line' or a coordinator's id */
  actor: string
}

export type Imported = { outcome: 'imported'; id: string; added: number } | { outcome: 'closed' }

/** Takes some 20 ms, in which with SQLite nobody else is served. */
const atOnce = 100
/** How many mails go at once, and the distance of those after, in milliseconds. */
const pace = { burst: 1000, spacing: 60 }

/**
 * What is signed on paper before the deadline may be typed in while confirming is possible (M-9), and
 * after that as late. A mail can be answered in time only while signing is open.
 */
export function mayImport(statement: Statement, isConfirmed: boolean, now: Date): boolean {
  return isConfirmed ? confirmingAt(statement, now) !== 'over' : maySign(statement, now)
}

export async function importSignOns(ctx: Context, wanted: Import, pause: Pause): Promise<Imported> {
  const { statement, plan, evidence } = wanted
  if (!mayImport(statement, evidence !== null, ctx.clock.now())) return { outcome: 'closed' }
  const id = await beginBatch(ctx, wanted)
  const isLate = confirmingAt(statement, ctx.clock.now()) === 'late'
  const rows = plan.planned.filter(isBrought)
  let added = 0
  for (let from = 0; from < rows.length; from += atOnce) {
    const some = rows
      .slice(from, from + atOnce)
      .map((row, at) => broughtBy(ctx, isLate ? asLate(row) : row, from + at))
    const brought = await bringSome(ctx, wanted, id, some)
    // the batch was taken back meanwhile
    if (brought === null) break
    added += brought
    await pause(Math.min(from + atOnce, rows.length))
  }
  await endBatch(ctx, wanted, id, added)
  // of what is destroyed at once (confidential ones) nothing may be left in the files
  if (evidence !== null) await scrub(ctx.db, ctx.config.database.kind)
  return { outcome: 'imported', id, added }
}

type BroughtRow = Extract<PlannedRow, { outcome: 'new' | 'similar' }>
const isBrought = (row: PlannedRow): row is BroughtRow =>
  row.outcome === 'new' || row.outcome === 'similar'

/** It waits for a coordinator to accept it. */
function asLate(row: BroughtRow): BroughtRow {
  const { signOn } = row.brought
  const flags = [...signOn.flags, 'late' as const]
  return { ...row, brought: { ...row.brought, signOn: { ...signOn, flags } } }
}

function broughtBy({ clock }: Context, { brought }: BroughtRow, at: number): Brought {
  const wait = Math.max(0, at - pace.burst) * pace.spacing
  return { ...brought, mailDueAt: new Date(clock.now().getTime() + wait) }
}

async function beginBatch(ctx: Context, wanted: Import): Promise<string> {
  const { statement, plan, evidence, source, hash, actor } = wanted
  const id = ctx.random.id()
  await insertBatch(ctx.db, {
    id,
    statement_id: statement.id,
    actor,
    source,
    state: 'running',
    confirmed: evidence === null ? 0 : 1,
    evidence_sealed: evidence === null ? '' : ctx.vault.seal('evidence', id, evidence),
    hash,
    ...plan.numbers,
    removed: 0,
    kept: 0,
    created_at: ctx.clock.now().toISOString(),
  })
  return id
}

const hashOf = ({ hashes }: Brought) => hashes.capacity

/**
 * @returns how many no other batch had brought, whether they had signed before or not (product.md
 * P-10); null when the batch is not running any more
 */
async function bringSome(ctx: Context, wanted: Import, id: string, some: Brought[]) {
  const { statement, evidence } = wanted
  return ctx.db.transaction().execute(async (tx) => {
    if (!(await holdRunning(tx, id))) return null
    const claimed = await claimHashes(tx, id, some.map(hashOf))
    const ours = some.filter((each) => claimed.has(hashOf(each)))
    await insertRows(tx, id, await bringIn(tx, ctx, statement, ours, evidence !== null))
    return ours.length
  })
}

/** Whom another batch brought meanwhile is a duplicate after all. */
async function endBatch(
  ctx: Context,
  { statement, plan, evidence, actor }: Import,
  id: string,
  added: number,
) {
  const { numbers } = plan
  const late = numbers.new + numbers.similar - added
  await ctx.db.transaction().execute(async (tx) => {
    const lateNew = Math.min(late, numbers.new)
    const counted = {
      new: numbers.new - lateNew,
      similar: numbers.similar - (late - lateNew),
      duplicate: numbers.duplicate + late,
    }
    if (!(await finishBatch(tx, id, counted))) return
    const detail = { batch: id, added, confirmed: evidence !== null }
    const subject = statement.slug
    await record(tx, ctx, { actor, action: 'sign-ons imported', subject, detail })
  })
}
