// The only SQL about decisions, and about who is looking at an entry.
import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { EndorsementState } from '../endorsements/endorsement.ts'
import type { ReviewTables } from './tables.ts'

export type ReviewRow = Selectable<ReviewTables['reviews']>
/** With the name of who decided. */
export type NamedReview = ReviewRow & { name: string }

export async function insertReview(
  tx: Db,
  row: Insertable<ReviewTables['reviews']>,
): Promise<void> {
  await tx.insertInto('reviews').values(row).execute()
}

/** The last decisions on a statement, the newest first; undone ones are not told. */
export async function listReviews(
  db: Db,
  statementId: string,
  limit: number,
): Promise<NamedReview[]> {
  return db
    .selectFrom('reviews as r')
    .innerJoin('coordinators as c', 'c.id', 'r.coordinator_id')
    .selectAll('r')
    .select('c.name')
    .where('r.statement_id', '=', statementId)
    .where('r.undone_at', 'is', null)
    .orderBy('r.at', 'desc')
    .orderBy('r.id')
    .limit(limit)
    .execute()
}

/** All decisions on some entries, the newest first. */
export async function listReviewsOf(db: Db, endorsementIds: string[]): Promise<NamedReview[]> {
  if (endorsementIds.length === 0) return []
  return db
    .selectFrom('reviews as r')
    .innerJoin('coordinators as c', 'c.id', 'r.coordinator_id')
    .selectAll('r')
    .select('c.name')
    .where('r.endorsement_id', 'in', endorsementIds)
    .where('r.undone_at', 'is', null)
    .orderBy('r.at', 'desc')
    .execute()
}

export interface ShelfWanted {
  states: readonly EndorsementState[]
  /** and these, in whatever state */
  ids: string[]
  /** only those with a name on which nobody has decided */
  isUnreviewed: boolean
  isOnlyOrganisations: boolean
  /** only those that came after the grace period */
  isLate: boolean
}

function shelf(db: Db, statementId: string, wanted: ShelfWanted) {
  return db
    .selectFrom('endorsements as e')
    .where('e.statement_id', '=', statementId)
    .where((eb) => {
      const inState = eb('e.state', 'in', [...wanted.states])
      return wanted.ids.length === 0 ? inState : eb.or([inState, eb('e.id', 'in', wanted.ids)])
    })
    .$if(wanted.isLate, (query) => query.where('e.flags', 'like', '%"late"%'))
    .$if(wanted.isOnlyOrganisations, (query) => query.where('e.type', '=', 'organisation'))
    .$if(wanted.isUnreviewed, (query) =>
      query.where('e.details_sealed', '<>', '').where((eb) => {
        const decided = eb
          .selectFrom('reviews as r')
          .select('r.id')
          .whereRef('r.endorsement_id', '=', 'e.id')
          .where('r.undone_at', 'is', null)
        return eb.not(eb.exists(decided))
      }),
    )
}

/** The ids of one page, in the order in which they were signed. */
export async function listShelf(
  db: Db,
  statementId: string,
  wanted: ShelfWanted,
  page: { limit: number; offset: number },
): Promise<string[]> {
  const rows = await shelf(db, statementId, wanted)
    .select('e.id')
    .orderBy('e.signed_at')
    .orderBy('e.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
  return rows.map(({ id }) => id)
}

export async function countShelf(
  db: Db,
  statementId: string,
  wanted: ShelfWanted,
): Promise<number> {
  const { n } = await shelf(db, statementId, wanted)
    .select((eb) => eb.fn.countAll<number | string>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}

export async function findReview(db: Db, statementId: string, id: string) {
  const row = await db
    .selectFrom('reviews')
    .selectAll()
    .where('id', '=', id)
    .where('statement_id', '=', statementId)
    .executeTakeFirst()
  return row ?? null
}

export async function markUndone(tx: Db, id: string, at: string): Promise<boolean> {
  const result = await tx
    .updateTable('reviews')
    .set({ undone_at: at })
    .where('id', '=', id)
    .where('undone_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function noteLook(
  db: Db,
  row: Insertable<ReviewTables['review_looks']>,
): Promise<void> {
  const { endorsement_id: _, ...looking } = row
  await db
    .insertInto('review_looks')
    .values(row)
    .onConflict((conflict) => conflict.column('endorsement_id').doUpdateSet(looking))
    .execute()
}

/** Who is looking at some entries now, by entry. */
export async function listLooks(db: Db, endorsementIds: string[], now: string) {
  if (endorsementIds.length === 0) return new Map<string, { id: string; name: string }>()
  const rows = await db
    .selectFrom('review_looks as l')
    .innerJoin('coordinators as c', 'c.id', 'l.coordinator_id')
    .select(['l.endorsement_id', 'c.id', 'c.name'])
    .where('l.endorsement_id', 'in', endorsementIds)
    .where('l.until', '>', now)
    .execute()
  return new Map(rows.map(({ endorsement_id, id, name }) => [endorsement_id, { id, name }]))
}

export async function deleteLook(db: Db, endorsementId: string): Promise<void> {
  await db.deleteFrom('review_looks').where('endorsement_id', '=', endorsementId).execute()
}

/** The coordinators' own words; that something was decided, and why, stays. */
export async function forgetNotesOf(db: Db, statementIds: string[]): Promise<number> {
  if (statementIds.length === 0) return 0
  const result = await db
    .updateTable('reviews')
    .set({ note_sealed: '' })
    .where('statement_id', 'in', statementIds)
    .where('note_sealed', '<>', '')
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}
