// The only SQL about files that belong to what became of a statement.
import type { Insertable, Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { DeliveryTables } from './tables.ts'

type Row = DeliveryTables['delivery_files']
export type FileAbout = Pick<Selectable<Row>, 'id' | 'delivery_id' | 'name' | 'bytes'>

/** Of all entries of a statement, in the order in which they were added. */
export async function listFiles(db: Db, statementId: string): Promise<FileAbout[]> {
  return db
    .selectFrom('delivery_files as f')
    .innerJoin('deliveries as d', 'd.id', 'f.delivery_id')
    .select(['f.id', 'f.delivery_id', 'f.name', 'f.bytes'])
    .where('d.statement_id', '=', statementId)
    .orderBy('f.added_at')
    .orderBy('f.id')
    .execute()
}

export async function findFile(db: Db, statementId: string, id: string) {
  const row = await db
    .selectFrom('delivery_files as f')
    .innerJoin('deliveries as d', 'd.id', 'f.delivery_id')
    .selectAll('f')
    .where('d.statement_id', '=', statementId)
    .where('f.id', '=', id)
    .executeTakeFirst()
  return row ?? null
}

/** Keeps the entry from going away meanwhile. @returns false when there is none (any more) */
export async function lockEntry(tx: Db, statementId: string, deliveryId: string): Promise<boolean> {
  const result = await tx
    .updateTable('deliveries')
    .set((eb) => ({ revision: eb.ref('revision') }))
    .where('id', '=', deliveryId)
    .where('statement_id', '=', statementId)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export async function insertFile(tx: Db, row: Insertable<Row>): Promise<void> {
  await tx.insertInto('delivery_files').values(row).execute()
}

export async function deleteFile(tx: Db, id: string): Promise<boolean> {
  const result = await tx.deleteFrom('delivery_files').where('id', '=', id).executeTakeFirst()
  return result.numDeletedRows === 1n
}
