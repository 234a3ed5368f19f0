// The only SQL about batches of sign-ons that were brought, and the sheets that wait.
import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { Vault } from '../privacy/vault.ts'
import type { ImportTables } from './tables.ts'

type BatchRow = Selectable<ImportTables['imports']>
/** A batch as coordinators see it. */
export type Batch = Omit<BatchRow, 'evidence_sealed'> & { evidence: string }

export async function insertBatch(db: Db, row: Insertable<ImportTables['imports']>): Promise<void> {
  await db.insertInto('imports').values(row).execute()
}

export async function insertRows(db: Db, importId: string, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  const rows = ids.map((id) => ({ endorsement_id: id, import_id: importId }))
  await db.insertInto('import_rows').values(rows).execute()
}

/** @returns those, as hashes of mailbox and capacity, that no batch had brought */
export async function claimHashes(
  tx: Db,
  importId: string,
  hashes: string[],
): Promise<Set<string>> {
  const rows = await tx
    .insertInto('import_hashes')
    .values(hashes.map((hash) => ({ capacity_hash: hash, import_id: importId })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('capacity_hash')
    .execute()
  return new Set(rows.map(({ capacity_hash }) => capacity_hash))
}

/** @returns those, as hashes of mailbox and capacity, that some batch has brought */
export async function listBrought(db: Db, hashes: string[]): Promise<string[]> {
  if (hashes.length === 0) return []
  const rows = await db
    .selectFrom('import_hashes')
    .select('capacity_hash')
    .where('capacity_hash', 'in', hashes)
    .execute()
  return rows.map(({ capacity_hash }) => capacity_hash)
}

/** How many rows a batch has brought so far. */
export async function countBrought(db: Db, importId: string): Promise<number> {
  const { n } = await db
    .selectFrom('import_hashes')
    .select((eb) => eb.fn.countAll<number | string>().as('n'))
    .where('import_id', '=', importId)
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** They can be brought again. @returns how many there were */
export async function releaseHashes(tx: Db, importId: string): Promise<number> {
  const result = await tx
    .deleteFrom('import_hashes')
    .where('import_id', '=', importId)
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

export async function forgetHashesOf(db: Db, statementIds: string[]): Promise<number> {
  if (statementIds.length === 0) return 0
  const result = await db
    .deleteFrom('import_hashes')
    .where('import_id', 'in', (eb) =>
      eb.selectFrom('imports').select('id').where('statement_id', 'in', statementIds),
    )
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

/** Keeps whoever takes it back waiting until the transaction ends; false: it was taken back. */
export async function holdRunning(tx: Db, id: string): Promise<boolean> {
  return changeRunning(tx, id, { state: 'running' })
}

/** false: it was taken back meanwhile, and stays so. */
export async function finishBatch(
  db: Db,
  id: string,
  numbers: Pick<BatchRow, 'new' | 'similar' | 'duplicate'>,
): Promise<boolean> {
  return changeRunning(db, id, { ...numbers, state: 'done' })
}

async function changeRunning(db: Db, id: string, change: Partial<BatchRow>): Promise<boolean> {
  const result = await db
    .updateTable('imports')
    .set(change)
    .where('id', '=', id)
    .where('state', '=', 'running')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** The newest first. */
export async function listBatches(db: Db, vault: Vault, statementId: string): Promise<Batch[]> {
  const rows = await db
    .selectFrom('imports')
    .selectAll()
    .where('statement_id', '=', statementId)
    .orderBy('created_at', 'desc')
    .execute()
  return rows.map((row) => opened(row, vault))
}

function opened({ evidence_sealed, ...row }: BatchRow, vault: Vault): Batch {
  const isThere = evidence_sealed !== ''
  return { ...row, evidence: isThere ? vault.open('evidence', row.id, evidence_sealed) : '' }
}

/** Whether it is this statement's, and was not rolled back yet. */
export async function isStanding(db: Db, id: string, statementId: string): Promise<boolean> {
  const row = await db
    .selectFrom('imports')
    .select('id')
    .where('id', '=', id)
    .where('statement_id', '=', statementId)
    .where('state', '<>', 'rolled-back')
    .executeTakeFirst()
  return row !== undefined
}

/** Marks it, once; false when it is another statement's, or was rolled back already. */
export async function markRolledBack(db: Db, id: string, statementId: string): Promise<boolean> {
  const result = await db
    .updateTable('imports')
    .set({ state: 'rolled-back' })
    .where('id', '=', id)
    .where('statement_id', '=', statementId)
    .where('state', '<>', 'rolled-back')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function noteRolledBack(
  db: Db,
  id: string,
  numbers: Pick<BatchRow, 'removed' | 'kept'>,
): Promise<void> {
  await db.updateTable('imports').set(numbers).where('id', '=', id).execute()
}

export async function listRowsOf(db: Db, importId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('import_rows')
    .select('endorsement_id')
    .where('import_id', '=', importId)
    .execute()
  return rows.map(({ endorsement_id }) => endorsement_id)
}

/** What coordinators wrote about how they know; the numbers of the batch stay. */
export async function forgetEvidenceOf(db: Db, statementIds: string[]): Promise<number> {
  if (statementIds.length === 0) return 0
  const result = await db
    .updateTable('imports')
    .set({ evidence_sealed: '' })
    .where('statement_id', 'in', statementIds)
    .where('evidence_sealed', '<>', '')
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** With which batch each of some endorsements came. */
export async function listBatchesOf(db: Db, vault: Vault, endorsementIds: string[]) {
  if (endorsementIds.length === 0) return []
  const rows = await db
    .selectFrom('import_rows as r')
    .innerJoin('imports as i', 'i.id', 'r.import_id')
    .selectAll('i')
    .select('r.endorsement_id')
    .where('r.endorsement_id', 'in', endorsementIds)
    .execute()
  return rows.map(({ endorsement_id: endorsementId, ...row }) => ({
    endorsementId,
    ...opened(row, vault),
  }))
}
