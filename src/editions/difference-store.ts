// The only SQL that compares editions. Who was taken out of either is in no answer.
import type { Db } from '../db/schema.ts'

/** The newest first. */
export async function listAdded(db: Db, from: string, to: string, limit: number) {
  const rows = await db
    .selectFrom('edition_entries as b')
    .leftJoin('edition_entries as a', (join) =>
      join.onRef('a.endorsement_id', '=', 'b.endorsement_id').on('a.edition_id', '=', from),
    )
    .select(['b.number', 'b.name'])
    .where('b.edition_id', '=', to)
    .where('b.name', 'is not', null)
    .where('a.number', 'is', null)
    .orderBy('b.number', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ number, name }) => ({ number, name: name ?? '' }))
}

export async function listRenamed(db: Db, from: string, to: string, limit: number) {
  const rows = await db
    .selectFrom('edition_entries as a')
    .innerJoin('edition_entries as b', (join) =>
      join.onRef('b.endorsement_id', '=', 'a.endorsement_id').on('b.edition_id', '=', to),
    )
    .select(['a.number', 'a.name as before', 'b.name as after'])
    .where('a.edition_id', '=', from)
    .whereRef('a.name', '<>', 'b.name')
    .orderBy('a.number')
    .limit(limit)
    .execute()
  return rows.map(({ number, before, after }) => ({
    number,
    before: before ?? '',
    after: after ?? '',
  }))
}
