// The only SQL about the entries of editions.
import { sql } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { EndorserType } from '../endorsements/endorsement.ts'
import type { Entry } from '../signatories/files.ts'
import type { Edition } from './edition.ts'

/** The list as it is now, in all its orders. */
export async function copyList(tx: Db, { id, statementId }: Edition): Promise<void> {
  const columns = [
    'number',
    'endorsement_id',
    'type',
    'name',
    'acronym',
    'affiliation',
    'role',
    'country',
    'verification',
    'confirmed_on',
    'language',
    'late',
  ] as const
  await tx
    .insertInto('edition_entries')
    .columns(['edition_id', ...columns])
    .expression((eb) =>
      eb
        .selectFrom('signatories')
        .select([sql<string>`cast(${id} as text)`.as('edition_id'), ...columns])
        .where('statement_id', '=', statementId),
    )
    .execute()
  await tx
    .insertInto('edition_order')
    .columns(['edition_id', 'collation', 'sort_key', 'number'])
    .expression((eb) =>
      eb
        .selectFrom('signatory_order as o')
        .innerJoin('signatories as s', 's.endorsement_id', 'o.endorsement_id')
        .select([
          sql<string>`cast(${id} as text)`.as('edition_id'),
          'o.collation',
          'o.sort_key',
          's.number',
        ])
        .where('o.statement_id', '=', statementId),
    )
    .execute()
}

/** Whether the list stands in the edition as it is now: the same names, in the same order. */
export async function isInSameOrder(
  db: Db,
  { id, statementId }: Edition,
  collation: string,
): Promise<boolean> {
  const moved = await db
    .selectFrom('signatory_order as o')
    .innerJoin('signatories as s', 's.endorsement_id', 'o.endorsement_id')
    .select('s.number')
    .where('o.statement_id', '=', statementId)
    .where('o.collation', '=', collation)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('edition_order as e')
            .select('e.number')
            .where('e.edition_id', '=', id)
            .where('e.collation', '=', collation)
            .whereRef('e.sort_key', '=', 'o.sort_key')
            .whereRef('e.number', '=', 's.number'),
        ),
      ),
    )
    .limit(1)
    .executeTakeFirst()
  return moved === undefined
}

function named(db: Db, editionId: string, collation: string) {
  return db
    .selectFrom('edition_order as o')
    .innerJoin('edition_entries as e', (join) =>
      join.onRef('e.edition_id', '=', 'o.edition_id').onRef('e.number', '=', 'o.number'),
    )
    .selectAll('e')
    .select('o.sort_key')
    .where('o.edition_id', '=', editionId)
    .where('o.collation', '=', collation)
    .orderBy('o.sort_key')
    .orderBy('o.number')
}

export async function listEntries(
  db: Db,
  editionId: string,
  collation: string,
  page: { limit: number; offset: number },
): Promise<Entry[]> {
  const query = named(db, editionId, collation).limit(page.limit).offset(page.offset)
  return (await query.execute()) as (Entry & { sort_key: string })[]
}

/** The whole edition in chunks, each read on its own, so that memory stays constant. */
export async function* readEntries(
  db: Db,
  editionId: string,
  collation: string,
  size = 250,
): AsyncGenerator<Entry[]> {
  let after: { sort_key: string; number: number } | null = null
  do {
    const last: { sort_key: string; number: number } | null = after
    const query = named(db, editionId, collation).limit(size)
    const rows = (await (
      last === null
        ? query
        : query.where((eb) =>
            eb(eb.refTuple('o.sort_key', 'o.number'), '>', eb.tuple(last.sort_key, last.number)),
          )
    ).execute()) as (Entry & { sort_key: string })[]
    if (rows.length > 0) yield rows
    after = rows.length === size ? (rows.at(-1) ?? null) : null
  } while (after !== null)
}

/** Editions that name any of these endorsements: one, or those that are not listed any more. */
export type Whose =
  { endorsementId: string } | { statementId: string; unlisted: EndorserType | null }

function entriesOf(db: Db, whose: Whose) {
  if ('endorsementId' in whose) {
    return db.selectFrom('edition_entries').where('endorsement_id', '=', whose.endorsementId)
  }
  const { statementId, unlisted } = whose
  return db
    .selectFrom('edition_entries')
    .where('edition_id', 'in', (eb) =>
      eb.selectFrom('editions').select('id').where('statement_id', '=', statementId),
    )
    .where('endorsement_id', 'is not', null)
    .where('endorsement_id', 'not in', (eb) =>
      eb.selectFrom('signatories').select('endorsement_id').where('statement_id', '=', statementId),
    )
    .$if(unlisted !== null, (query) => query.where('type', '=', unlisted as EndorserType))
}

export async function listNaming(db: Db, whose: Whose): Promise<{ id: string; n: number }[]> {
  const rows = await entriesOf(db, whose)
    .select((eb) => ['edition_id', eb.fn.countAll<number | string>().as('n')])
    .groupBy('edition_id')
    .orderBy('edition_id')
    .execute()
  return rows.map((row) => ({ id: row.edition_id, n: Number(row.n) }))
}

/** Takes the names out; the numbers stay, so that the difference to other editions can be told. */
export async function blankEntries(tx: Db, editionId: string, whose: Whose): Promise<void> {
  const numbers = entriesOf(tx, whose).where('edition_id', '=', editionId).select('number')
  await tx
    .deleteFrom('edition_order')
    .where('edition_id', '=', editionId)
    .where('number', 'in', numbers)
    .execute()
  await tx
    .updateTable('edition_entries')
    .set({
      endorsement_id: null,
      type: null,
      name: null,
      acronym: null,
      affiliation: null,
      role: null,
      country: null,
      verification: null,
      confirmed_on: null,
      language: null,
      late: null,
    })
    .where('edition_id', '=', editionId)
    .where('number', 'in', numbers)
    .execute()
}
