// The only SQL about editions.
import type { Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { Counts } from '../signatories/counts.ts'
import type { Head } from '../signatories/files.ts'
import type { Changes, Edition } from './edition.ts'
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
    changes: row.changes === null ? null : (JSON.parse(row.changes) as Changes),
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
      changes: edition.changes && JSON.stringify(edition.changes),
      heads: JSON.stringify(edition.heads),
      revision: edition.revision,
      issued_at: edition.issuedAt,
      is_complete: 0,
    })
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

/** The newest first: it is the one that is asked for. */
export async function listIncomplete(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('editions')
    .select('id')
    .where('is_complete', '=', 0)
    .orderBy('made_at', 'desc')
    .execute()
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

export async function noteRedaction(tx: Db, id: string, issuedAt: string): Promise<void> {
  await tx
    .updateTable('editions')
    .set((eb) => ({ revision: eb('revision', '+', 1), issued_at: issuedAt, is_complete: 0 }))
    .where('id', '=', id)
    .execute()
}
