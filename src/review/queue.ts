// What waits for a coordinator on one statement, with all that helps to decide, side by side.
import type { Context } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { nameOf } from '../duplicates/likenesses.ts'
import { listByIds, listNames, type WithAddress } from '../endorsements/decide.ts'
import type { EndorsementState } from '../endorsements/endorsement.ts'
import { type Report, reportedIds, waitingReportsOf } from '../reports/reported.ts'
import { confirmingAt, type Statement } from '../statements/stored-statement.ts'
import type { Likeness } from '../text/similar-names.ts'
import {
  countShelf,
  listLooks,
  listReviews,
  listReviewsOf,
  listShelf,
  type NamedReview,
  type ShelfWanted,
} from './review-store.ts'
import { type Domains, domainsOf, type Signal, signalsOf } from './signals.ts'

/**
 * `waiting`: not counted until somebody decides, or reported by somebody · `late`: those of them that came after the grace period
 * · `unreviewed`: counted, and not looked at yet
 */
export const shelves = ['waiting', 'late', 'unreviewed', 'rejected'] as const
export type Shelf = (typeof shelves)[number]

export interface Waiting extends WithAddress {
  domains: Domains
  signals: Signal[]
  similar: { name: string; why: Likeness[] }[]
  reports: Report[]
  history: NamedReview[]
  /** who else is looking at it now */
  lookedAtBy: string | null
}

const statesOn: Record<Shelf, readonly EndorsementState[]> = {
  waiting: ['held', 'suspect'],
  late: ['held', 'suspect'],
  unreviewed: ['confirmed'],
  rejected: ['rejected'],
}

/** Which shelves a statement has: that of the not yet reviewed only where its review mode asks. */
export function shelvesOf(statement: Statement, now: Date): Shelf[] {
  return shelves.filter((shelf) => {
    if (shelf === 'late') return confirmingAt(statement, now) === 'late'
    return shelf !== 'unreviewed' || statement.review !== 'none'
  })
}

/** The not yet reviewed are those that the statement's review mode asks for. */
async function wantedOn(db: Db, { id, review }: Statement, shelf: Shelf): Promise<ShelfWanted> {
  const isUnreviewed = shelf === 'unreviewed'
  const isOnlyOrganisations = isUnreviewed && review !== 'all'
  const ids = shelf === 'waiting' ? await reportedIds(db, id) : []
  const isLate = shelf === 'late'
  return { states: statesOn[shelf], ids, isUnreviewed, isOnlyOrganisations, isLate }
}

/** How many wait on each shelf, and one page of one of them. */
export async function readQueue(
  ctx: Context,
  statement: Statement,
  coordinatorId: string,
  { shelf, page, perPage }: { shelf: Shelf; page: number; perPage: number },
) {
  const wanted = await wantedOn(ctx.db, statement, shelf)
  const place = { limit: perPage, offset: (page - 1) * perPage }
  const ids = await listShelf(ctx.db, statement.id, wanted, place)
  const shown = await listByIds(ctx.db, ctx.vault, ids)
  const now = ctx.clock.now().toISOString()
  const looks = await listLooks(ctx.db, ids, now)
  const history = Map.groupBy(await listReviewsOf(ctx.db, ids), (each) => each.endorsement_id)
  const reports = await waitingReportsOf(ctx, ids)
  const similarTo = shown.length === 0 ? () => [] : await openNames(ctx, statement)
  const entries = shown.map((each): Waiting => {
    const { endorsement, address } = each
    const domains = domainsOf(endorsement, address)
    const looking = looks.get(endorsement.id)
    return {
      ...each,
      domains,
      signals: signalsOf(endorsement, domains),
      similar: similarTo(each),
      reports: reports.get(endorsement.id) ?? [],
      history: history.get(endorsement.id) ?? [],
      lookedAtBy: looking && looking.id !== coordinatorId ? looking.name : null,
    }
  })
  return {
    entries,
    total: await countShelf(ctx.db, statement.id, wanted),
    recent: await readRecent(ctx, statement.id),
  }
}

/** The last decisions, with the names of whom they are about. */
async function readRecent({ db, vault }: Context, statementId: string) {
  const recent = await listReviews(db, statementId, 10)
  const ids = recent.map((each) => each.endorsement_id)
  const names = await listNames(db, vault, [...new Set(ids)])
  return recent.map((review) => ({ review, about: names.get(review.endorsement_id) ?? null }))
}

/** The other organisations on the statement whose names are alike. */
async function openNames({ likenesses }: Context, statement: Statement) {
  const { names } = await likenesses.on(statement.id)
  return (each: WithAddress) => {
    const own = each.endorsement.type === 'organisation' ? nameOf(each) : null
    if (own === null) return []
    const others = names.similarTo(own).filter(({ item }) => item.id !== own.id)
    return others.slice(0, 5).map(({ item, why }) => ({ name: item.name, why }))
  }
}
