// The only SQL that compares editions.
import type { Db } from '../db/schema.ts'

/** Numbers that are in the first edition and not in the second. */
function onlyIn(db: Db, first: string, second: string) {
  return db
    .selectFrom('edition_entries as e')
    .where('e.edition_id', '=', first)
    .where('e.number', 'not in', (eb) =>
      eb.selectFrom('edition_entries').select('number').where('edition_id', '=', second),
    )
}

/** Those who came; without a name: taken out since. */
export async function listAdded(db: Db, from: string, to: string, limit: number) {
  return onlyIn(db, to, from)
    .select(['e.number', 'e.name'])
    .orderBy('e.number')
    .limit(limit)
    .execute()
}

export async function countOnlyIn(db: Db, first: string, second: string): Promise<number> {
  const { n } = await onlyIn(db, first, second)
    .select((eb) => eb.fn.countAll<number | string>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}

export async function listRenamed(db: Db, from: string, to: string, limit: number) {
  return db
    .selectFrom('edition_entries as a')
    .innerJoin('edition_entries as b', 'a.number', 'b.number')
    .select(['a.number', 'a.name as before', 'b.name as after'])
    .where('a.edition_id', '=', from)
    .where('b.edition_id', '=', to)
    .whereRef('a.name', '<>', 'b.name')
    .orderBy('a.number')
    .limit(limit)
    .execute()
}
