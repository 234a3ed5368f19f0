// The only SQL about the stored order of the list.
import { compileOnce } from '../db/compile-once.ts'
import type { Db } from '../db/schema.ts'
import type { EndorserType } from '../endorsements/endorsement.ts'
import type { SortKey } from './order.ts'
import type { SignatoryTables } from './tables.ts'

const known = 'order of lists'

type Ordered = Omit<SignatoryTables['signatory_order'], 'collation' | 'sort_key'>

type Row = SignatoryTables['signatory_order']

export async function writeOrder(db: Db, row: Ordered, sortKeys: SortKey[]): Promise<void> {
  await putPlaces(db, placesOf(row, sortKeys))
}

const putPlaces = compileOnce((db, rows: Row[]) =>
  db
    .insertInto('signatory_order')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['endorsement_id', 'collation']).doUpdateSet((eb) => ({
        sort_key: eb.ref('excluded.sort_key'),
        country: eb.ref('excluded.country'),
        verification: eb.ref('excluded.verification'),
        language: eb.ref('excluded.language'),
      })),
    ),
)

/** The same of many that were never listed. */
export async function insertOrders(
  db: Db,
  rows: (Ordered & { sortKeys: SortKey[] })[],
): Promise<void> {
  const orders = rows.flatMap((row) => placesOf(row, row.sortKeys))
  if (orders.length > 0) await db.insertInto('signatory_order').values(orders).execute()
}

function placesOf(row: Ordered, sortKeys: SortKey[]): Row[] {
  const { endorsement_id, statement_id, country, verification, language } = row
  const same = { endorsement_id, statement_id, country, verification, language }
  return sortKeys.map(({ collation, key }) => ({ ...same, collation, sort_key: key }))
}

interface Unordered extends Ordered {
  type: EndorserType
  name: string
  first_place: number | null
}

export async function* readUnordered(db: Db, size = 1000): AsyncGenerator<Unordered[]> {
  let after = ''
  for (;;) {
    const rows: Unordered[] = await db
      .selectFrom('signatories')
      .select(['endorsement_id', 'statement_id', 'country', 'verification', 'language'])
      .select(['type', 'name', 'first_place'])
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
