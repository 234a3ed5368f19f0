// Use cases: take many endorsements out at once. Prepared with a count first, then run piece by piece,
// so that it can be cancelled, go on after a restart, and be undone.
import { record } from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { openTurns } from '../db/turns.ts'
import { decideOn, listByState, lockOne, type WithAddress } from '../endorsements/decide.ts'
import { keepReview } from '../review/decide.ts'
import { takeBackIn } from '../review/take-back.ts'
import { type Criteria, type CriteriaValues, matcherOf, nothingAsked } from './criteria.ts'
import {
  changeState,
  findInvalidation,
  insertInvalidation,
  type InvalidationRow,
  listStanding,
} from './invalidation-store.ts'

interface By {
  statement: { id: string; slug: string }
  coordinator: { id: string }
}

/** One request works at most so long; the page then shows how far it came and goes on. */
const longestMs = 4_000

export async function prepare(
  ctx: Context,
  by: By,
  { reason, ...criteria }: CriteriaValues,
  language: string,
): Promise<string> {
  const id = ctx.random.id()
  await ctx.db.transaction().execute(async (tx) => {
    await insertInvalidation(tx, {
      id,
      statement_id: by.statement.id,
      coordinator_id: by.coordinator.id,
      state: 'draft',
      criteria_sealed: ctx.vault.seal('note', id, JSON.stringify(criteria)),
      reason,
      language,
      created_at: ctx.clock.now().toISOString(),
      started_at: null,
      ended_at: null,
    })
    await note(tx, ctx, by, 'invalidation prepared', id)
  })
  return id
}

/** Nothing once they were forgotten. */
export function criteriaOf({ vault }: Context, { id, criteria_sealed }: InvalidationRow): Criteria {
  if (criteria_sealed === '') return nothingAsked
  return JSON.parse(vault.open('note', id, criteria_sealed)) as Criteria
}

/**
 * Those that it is about and that were not taken out yet. Never confidential ones: of them a country or
 * a minute is all there is to ask for, and any count of them would tell of one (product.md P-11).
 */
export async function findMatching(ctx: Context, row: InvalidationRow): Promise<WithAddress[]> {
  if (row.criteria_sealed === '') return []
  const states = ['confirmed', 'held', 'suspect'] as const
  const all = await listByState(ctx.db, ctx.vault, row.statement_id, states)
  const fits = matcherOf(criteriaOf(ctx, row))
  return all.filter((each) => each.endorsement.visibility !== 'confidential' && fits(each))
}

/** Starts it, or goes on with it. */
export async function run(ctx: Context, by: By, id: string): Promise<void> {
  const started_at = ctx.clock.now().toISOString()
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await findInvalidation(tx, by.statement.id, id))) return
    if (!(await changeState(tx, id, ['draft'], { state: 'running', started_at }))) return
    await note(tx, ctx, by, 'invalidation started', id)
  })
  const row = await findInvalidation(ctx.db, by.statement.id, id)
  if (row?.state !== 'running') return
  const end = performance.now() + longestMs
  const turn = openTurns()
  for (const { endorsement } of await findMatching(ctx, row)) {
    if (performance.now() > end) return
    await turn()
    if (!(await takeOut(ctx, by, row, endorsement.id))) return
  }
  await changeState(ctx.db, id, ['running'], { state: 'done', ended_at: started_at })
}

/** @returns false when it was cancelled meanwhile */
async function takeOut(ctx: Context, by: By, row: InvalidationRow, endorsementId: string) {
  return ctx.db.transaction().execute(async (tx) => {
    // also keeps whoever cancels waiting until this one is done
    if (!(await changeState(tx, row.id, ['running'], { state: 'running' }))) return false
    const read = await lockOne(tx, ctx.vault, row.statement_id, endorsementId)
    if (!read || !['confirmed', 'held', 'suspect'].includes(read.state)) return true
    await decideOn(tx, ctx, read, { state: 'rejected', verification: read.verification })
    const verdict = {
      decision: 'invalidated',
      reason: 'not-genuine',
      note: '',
      answer: '',
      reports: null,
    } as const
    await keepReview(tx, ctx, by, read, verdict, row.id)
    return true
  })
}

/** A draft is forgotten; one that runs stops where it is, and can be undone. */
export async function cancel(ctx: Context, by: By, id: string): Promise<void> {
  const ended_at = ctx.clock.now().toISOString()
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await findInvalidation(tx, by.statement.id, id))) return
    if (!(await changeState(tx, id, ['draft', 'running'], { state: 'cancelled', ended_at }))) return
    await note(tx, ctx, by, 'invalidation cancelled', id)
  })
}

/** Brings back all that nobody has changed since. */
export async function undoAll(ctx: Context, by: By, id: string): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    if (!(await findInvalidation(tx, by.statement.id, id))) return
    if (!(await changeState(tx, id, ['done', 'cancelled'], { state: 'undoing' }))) return
    await note(tx, ctx, by, 'invalidation undone', id)
  })
  // one that runs is stopped first: otherwise it would take out again what comes back
  const row = await findInvalidation(ctx.db, by.statement.id, id)
  if (row?.state !== 'undoing') return
  const end = performance.now() + longestMs
  const turn = openTurns()
  for (const review of await listStanding(ctx.db, id)) {
    if (performance.now() > end) return
    await turn()
    await ctx.db.transaction().execute((tx) => takeBackIn(tx, ctx, review))
  }
  await changeState(ctx.db, id, ['undoing'], { state: 'undone' })
}

type Told = `invalidation ${'prepared' | 'started' | 'cancelled' | 'undone'}`

async function note(
  tx: Db,
  ctx: Context,
  { statement, coordinator }: By,
  action: Told,
  id: string,
) {
  const detail = { invalidation: id }
  await record(tx, ctx, { actor: coordinator.id, action, subject: statement.slug, detail })
}
