// The only SQL about the stored order of the list.
import type { Db } from '../db/schema.ts'
import type { EndorserType } from '../endorsements/endorsement.ts'
import type { SortKey } from './order.ts'

const known = 'order of lists'

export async function writeOrder(
  db: Db,
  row: { endorsement_id: string; statement_id: string },
  sortKeys: SortKey[],
): Promise<void> {
  await db
    .insertInto('signatory_order')
    .values(
      sortKeys.map(({ collation, key }) => ({
        endorsement_id: row.endorsement_id,
        statement_id: row.statement_id,
        collation,
        sort_key: key,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['endorsement_id', 'collation'])
        .doUpdateSet((eb) => ({ sort_key: eb.ref('excluded.sort_key') })),
    )
    .execute()
}

/** The same of many that were never listed. */
export async function insertOrders(
  db: Db,
  rows: { endorsement_id: string; statement_id: string; sortKeys: SortKey[] }[],
): Promise<void> {
  const orders = rows.flatMap(({ endorsement_id, statement_id, sortKeys }) =>
    sortKeys.map(({ collation, key }) => ({
      endorsement_id,
      statement_id,
      collation,
      sort_key: key,
    })),
  )
  if (orders.length > 0) await db.insertInto('signatory_order').values(orders).execute()
}

interface Unordered {
  endorsement_id: string
  statement_id: string
  type: EndorserType
  name: string
  first_place: number | null
}

export async function* readUnordered(db: Db, size = 1000): AsyncGenerator<Unordered[]> {
  let after = ''
  for (;;) {
    const rows: Unordered[] = await db
      .selectFrom('signatories')
      .select(['endorsement_id', 'statement_id', 'type', 'name', 'first_place'])
      .where('endorsement_id', '>', after)
      .orderBy('endorsement_id')
      .limit(size)
      .execute()
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = last.endorsement_id
  }
}

export async function readKnownOrder(db: Db): Promise<string | null> {
  const row = await db
    .selectFrom('installation')
    .select('value')
    .where('name', '=', known)
    .executeTakeFirst()
  return row?.value ?? null
}

export async function writeKnownOrder(db: Db, value: string): Promise<void> {
  await db
    .insertInto('installation')
    .values({ name: known, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}
