// The only SQL about what was corrected in editions.
import type { Db } from '../db/schema.ts'
import type { CorrectionReason } from './edition.ts'
import type { EditionTables } from './tables.ts'

export async function insertCorrection(
  tx: Db,
  row: EditionTables['edition_corrections'],
): Promise<void> {
  await tx.insertInto('edition_corrections').values(row).execute()
}

/** The newest edition that names somebody. */
export async function findNaming(tx: Db, endorsementId: string) {
  return tx
    .selectFrom('edition_entries as n')
    .innerJoin('editions as e', 'e.id', 'n.edition_id')
    .select(['e.id', 'n.number'])
    .where('n.endorsement_id', '=', endorsementId)
    .orderBy('e.number', 'desc')
    .executeTakeFirst()
}

export interface Correction {
  edition: number
  at: string
  reason: CorrectionReason
  n: number
  /** the entry that was renamed */
  number: number | null
  /** as it is called now; null for who left */
  name: string | null
}

const ofStatement = (db: Db, statementId: string) =>
  db
    .selectFrom('edition_corrections as c')
    .innerJoin('editions as e', 'e.id', 'c.edition_id')
    .where('e.statement_id', '=', statementId)

/** The newest first. */
export async function listCorrections(
  db: Db,
  statementId: string,
  page: { limit: number; offset: number },
): Promise<Correction[]> {
  return ofStatement(db, statementId)
    .leftJoin('signatories as s', (join) =>
      join.onRef('s.statement_id', '=', 'e.statement_id').onRef('s.number', '=', 'c.number'),
    )
    .select(['e.number as edition', 'c.at', 'c.reason', 'c.n', 'c.number', 's.name'])
    .orderBy('c.at', 'desc')
    .orderBy('e.number', 'desc')
    .orderBy('c.id')
    .limit(page.limit)
    .offset(page.offset)
    .execute()
}

export async function countCorrections(db: Db, statementId: string): Promise<number> {
  const { n } = await ofStatement(db, statementId)
    .select((eb) => eb.fn.countAll<number | string>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** How many names were taken out of each, by edition. */
export async function countRemoved(db: Db, editionIds: string[]): Promise<Map<string, number>> {
  if (editionIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('edition_corrections')
    .select((eb) => ['edition_id', eb.fn.sum<number | string>('n').as('n')])
    .where('edition_id', 'in', editionIds)
    .where('reason', '<>', 'renamed')
    .groupBy('edition_id')
    .execute()
  return new Map(rows.map((row) => [row.edition_id, Number(row.n)]))
}

/** How many who are listed have another name than in an edition, or had one meanwhile. */
export async function countRenamed(
  db: Db,
  statementId: string,
  sinceNumber: number,
): Promise<number> {
  const { n } = await ofStatement(db, statementId)
    .innerJoin('signatories as s', (join) =>
      join.onRef('s.statement_id', '=', 'e.statement_id').onRef('s.number', '=', 'c.number'),
    )
    .select((eb) => eb.fn.count<number | string>('c.number').distinct().as('n'))
    .where('e.number', '>=', sinceNumber)
    .executeTakeFirstOrThrow()
  return Number(n)
}
