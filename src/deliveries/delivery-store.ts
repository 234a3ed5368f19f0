// The only SQL about what became of statements.
import type { Selectable } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { Delivery } from './delivery.ts'
import type { DeliveryTables } from './tables.ts'

/** In the order in which it happened; a month comes before its days. */
export async function listDeliveries(db: Db, statementId: string): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('statement_id', '=', statementId)
    .orderBy('happened_on')
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(fromRow)
}

function fromRow(row: Selectable<DeliveryTables['deliveries']>): Delivery {
  const { id, kind, who, how, note, link, language, revision } = row
  return { id, kind, happenedOn: row.happened_on, who, how, note, link, language, revision }
}

export async function insertDelivery(
  db: Db,
  statementId: string,
  delivery: Delivery,
  createdAt: string,
): Promise<void> {
  const { happenedOn, ...columns } = delivery
  await db
    .insertInto('deliveries')
    .values({
      ...columns,
      happened_on: happenedOn,
      statement_id: statementId,
      created_at: createdAt,
    })
    .execute()
}

export async function deleteDelivery(db: Db, statementId: string, id: string): Promise<boolean> {
  const result = await db
    .deleteFrom('deliveries')
    .where('id', '=', id)
    .where('statement_id', '=', statementId)
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** Only as it was read; false: it is gone, or somebody else has corrected it. */
export async function correctDelivery(
  db: Db,
  statementId: string,
  { id, revision, happenedOn, ...columns }: Delivery,
): Promise<boolean> {
  const result = await db
    .updateTable('deliveries')
    .set({ ...columns, happened_on: happenedOn, revision: revision + 1 })
    .where('id', '=', id)
    .where('statement_id', '=', statementId)
    .where('revision', '=', revision)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
