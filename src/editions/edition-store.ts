// The only SQL about editions and their entries.
import { type Selectable, sql } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { EndorserType } from '../endorsements/endorsement.ts'
import type { Counts } from '../signatories/counts.ts'
import type { Entry } from '../signatories/files.ts'
import type { Edition, Head, RedactionReason } from './edition.ts'
import type { EditionTables } from './tables.ts'

type Row = Selectable<EditionTables['editions']>

function fromRow(row: Row): Edition {
  return {
    id: row.id,
    statementId: row.statement_id,
    number: row.number,
    reason: row.reason,
    madeAt: row.made_at,
    counts: { ...(JSON.parse(row.counts) as Omit<Counts, 'asOf'>), asOf: row.as_of },
    heads: JSON.parse(row.heads) as Record<string, Head>,
    revision: row.revision,
    issuedAt: row.issued_at,
    isComplete: row.is_complete === 1,
  }
}

/**
 * Whoever takes a name off the list, or makes an edition, has the statement to themselves until the
 * transaction ends: otherwise a name could leave the list and stay in an edition (PostgreSQL).
 */
export async function holdStatement(tx: Db, statementId: string): Promise<void> {
  await tx
    .updateTable('statements')
    .set((eb) => ({ slug: eb.ref('slug') }))
    .where('id', '=', statementId)
    .execute()
}

export async function insertEdition(tx: Db, edition: Edition): Promise<void> {
  const { asOf, ...counts } = edition.counts
  await tx
    .insertInto('editions')
    .values({
      id: edition.id,
      statement_id: edition.statementId,
      number: edition.number,
      reason: edition.reason,
      made_at: edition.madeAt,
      as_of: asOf,
      counts: JSON.stringify(counts),
      heads: JSON.stringify(edition.heads),
      revision: edition.revision,
      issued_at: edition.issuedAt,
      is_complete: 0,
    })
    .execute()
}

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

/** The newest first. */
export async function listEditions(db: Db, statementId: string): Promise<Edition[]> {
  const rows = await db
    .selectFrom('editions')
    .selectAll()
    .where('statement_id', '=', statementId)
    .orderBy('number', 'desc')
    .execute()
  return rows.map(fromRow)
}

export async function findEditionById(db: Db, id: string): Promise<Edition | null> {
  const row = await db.selectFrom('editions').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? fromRow(row) : null
}

export async function listIncomplete(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('editions').select('id').where('is_complete', '=', 0).execute()
  return rows.map(({ id }) => id)
}

/** When the newest edition of each statement was made, and until when it knows the list. */
export async function newestOfAll(db: Db): Promise<Map<string, { madeAt: string; asOf: string }>> {
  const rows = await db
    .selectFrom('editions')
    .select(['statement_id', 'made_at', 'as_of'])
    .orderBy('number')
    .execute()
  return new Map(rows.map((row) => [row.statement_id, { madeAt: row.made_at, asOf: row.as_of }]))
}

/** @returns false when the edition was redacted meanwhile: what was made of it does not hold */
export async function holdEdition(
  tx: Db,
  { id, revision }: Edition,
  change: { isComplete?: boolean } = {},
): Promise<boolean> {
  const result = await tx
    .updateTable('editions')
    .set(change.isComplete === true ? { is_complete: 1 } : { revision })
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
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

/** How many names were taken out of each, by edition. */
export async function countRedacted(db: Db, editionIds: string[]): Promise<Map<string, number>> {
  if (editionIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('edition_entries')
    .select((eb) => ['edition_id', eb.fn.countAll<number | string>().as('n')])
    .where('edition_id', 'in', editionIds)
    .where('name', 'is', null)
    .groupBy('edition_id')
    .execute()
  return new Map(rows.map((row) => [row.edition_id, Number(row.n)]))
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

export async function noteRedaction(tx: Db, id: string, issuedAt: string): Promise<void> {
  await tx
    .updateTable('editions')
    .set((eb) => ({ revision: eb('revision', '+', 1), issued_at: issuedAt, is_complete: 0 }))
    .where('id', '=', id)
    .execute()
}

export async function insertCorrection(
  tx: Db,
  row: EditionTables['edition_corrections'],
): Promise<void> {
  await tx.insertInto('edition_corrections').values(row).execute()
}

export interface Redaction {
  edition: number
  at: string
  reason: RedactionReason
  n: number
}

/** The newest first. */
export async function listRedactions(db: Db, statementId: string): Promise<Redaction[]> {
  return db
    .selectFrom('edition_corrections as c')
    .innerJoin('editions as e', 'e.id', 'c.edition_id')
    .select(['e.number as edition', 'c.at', 'c.reason', 'c.n'])
    .where('e.statement_id', '=', statementId)
    .orderBy('c.at', 'desc')
    .orderBy('e.number', 'desc')
    .execute()
}

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
