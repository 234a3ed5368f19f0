// The only SQL about the coordinators' own copy of all endorsements of a statement.
import { sql } from 'kysely'
import type { Db } from '../db/schema.ts'

const columns = [
  'id',
  'type',
  'state',
  'address_hash',
  'address_sealed',
  'details_sealed',
  'country',
  'visibility',
  'verification',
  'number',
  'language',
  'flags',
  'updates',
  'signed_at',
  'confirmed_at',
  'withdrawn_at',
] as const

async function readChunk(db: Db, statementId: string, ids: string[]) {
  const rows = await db
    .selectFrom('endorsements')
    .select(columns)
    // by their statement, too: ids are found first, and rows may have gone since
    .where('statement_id', '=', statementId)
    .where('id', 'in', ids)
    .execute()
  const order = new Map(ids.map((id, at) => [id, at]))
  return rows.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
}

export type InternalRow = Awaited<ReturnType<typeof readChunk>>[number]

/**
 * In the order of signing, in chunks, so that memory stays small. Confidential ones come last and in
 * no order: between two others they would tell when they came.
 */
export async function* readAll(
  db: Db,
  statementId: string,
  size = 500,
): AsyncGenerator<InternalRow[]> {
  const all = await db
    .selectFrom('endorsements')
    .select('id')
    .where('statement_id', '=', statementId)
    .orderBy(sql`case when visibility = 'confidential' then 'z' else signed_at end`)
    .orderBy('id')
    .execute()
  for (let at = 0; at < all.length; at += size) {
    const ids = all.slice(at, at + size).map(({ id }) => id)
    yield await readChunk(db, statementId, ids)
  }
}
