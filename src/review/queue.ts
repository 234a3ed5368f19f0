// What waits for a coordinator on one statement, with all that helps to decide, side by side.
import type { Context } from '../context.ts'
import { listByState, listNames, type WithAddress } from '../endorsements/decide.ts'
import type { EndorsementState } from '../endorsements/endorsement.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { type Likeness, type Named, openSimilarNames, possible } from '../text/similar-names.ts'
import {
  listLooks,
  listReviewedIds,
  listReviews,
  listReviewsOf,
  type NamedReview,
} from './review-store.ts'
import { type Domains, domainsOf, type Signal, signalsOf } from './signals.ts'

/** `waiting`: not counted until somebody decides · `unreviewed`: counted, and not looked at yet */
export const shelves = ['waiting', 'unreviewed', 'rejected'] as const
export type Shelf = (typeof shelves)[number]

export interface Waiting extends WithAddress {
  domains: Domains
  signals: Signal[]
  similar: { name: string; why: Likeness[] }[]
  history: NamedReview[]
  /** who else is looking at it now */
  lookedAtBy: string | null
}

const statesOn: Record<Shelf, readonly EndorsementState[]> = {
  waiting: ['held', 'suspect'],
  unreviewed: ['confirmed'],
  rejected: ['rejected'],
}

/** Which shelves a statement has: that of the not yet reviewed only where its review mode asks. */
export function shelvesOf({ review }: Pick<Statement, 'review'>): Shelf[] {
  return shelves.filter((shelf) => shelf !== 'unreviewed' || review !== 'none')
}

async function listOn(ctx: Context, statement: Statement, shelf: Shelf): Promise<WithAddress[]> {
  const all = await listByState(ctx.db, ctx.vault, statement.id, statesOn[shelf])
  if (shelf !== 'unreviewed') return all
  const reviewed = await listReviewedIds(ctx.db, statement.id)
  return all.filter(
    ({ endorsement: { id, type, details } }) =>
      details !== null &&
      !reviewed.has(id) &&
      (statement.review === 'all' || type === 'organisation'),
  )
}

/** How many wait on each shelf, and one page of one of them. */
export async function readQueue(
  ctx: Context,
  statement: Statement,
  coordinatorId: string,
  { shelf, page, perPage }: { shelf: Shelf; page: number; perPage: number },
) {
  const onShelf = await listOn(ctx, statement, shelf)
  const shown = onShelf.slice((page - 1) * perPage, page * perPage)
  const ids = shown.map(({ endorsement }) => endorsement.id)
  const now = ctx.clock.now().toISOString()
  const looks = await listLooks(ctx.db, ids, now)
  const history = Map.groupBy(await listReviewsOf(ctx.db, ids), (each) => each.endorsement_id)
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
      history: history.get(endorsement.id) ?? [],
      lookedAtBy: looking && looking.id !== coordinatorId ? looking.name : null,
    }
  })
  return { entries, total: onShelf.length, recent: await readRecent(ctx, statement.id) }
}

/** The last decisions, with the names of whom they are about. */
async function readRecent({ db, vault }: Context, statementId: string) {
  const recent = await listReviews(db, statementId, 10)
  const ids = recent.map((each) => each.endorsement_id)
  const names = await listNames(db, vault, [...new Set(ids)])
  return recent.map((review) => ({ review, about: names.get(review.endorsement_id) ?? null }))
}

type Entry = Named & { id: string }

function namedOf({ endorsement, address }: WithAddress): Entry | null {
  const { details, id, country } = endorsement
  if (details === null) return null
  const { mailbox, website } = domainsOf(endorsement, address)
  return { id, name: details.name, acronym: details.acronym, country, domain: website ?? mailbox }
}

/** The other organisations on the statement whose names are alike. */
async function openNames(ctx: Context, statement: Statement) {
  const states = ['confirmed', 'held', 'suspect'] as const
  const all = await listByState(ctx.db, ctx.vault, statement.id, states)
  const organisations = all.filter(({ endorsement }) => endorsement.type === 'organisation')
  const names = openSimilarNames(
    organisations.flatMap((each) => namedOf(each) ?? []),
    possible,
  )
  return (each: WithAddress) => {
    const own = namedOf(each)
    if (own === null || each.endorsement.type === 'individual') return []
    const others = names.similarTo(own).filter(({ item }) => item.id !== own.id)
    return others.slice(0, 5).map(({ item, why }) => ({ name: item.name, why }))
  }
}
