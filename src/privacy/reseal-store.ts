// The only SQL about sealing again, the same for every table of sealed-columns.ts.
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/schema.ts'
import type { SealedTable } from './sealed-columns.ts'

export interface SealedRow {
  id: string
  bound: string
  /** what is sealed, by column; an empty text is nothing */
  values: Record<string, string>
}

export async function countToReseal(db: Db, table: SealedTable, keyId: string): Promise<number> {
  const { rows } = await sql<{ n: number | string }>`
    select count(*) as n from ${sql.table(table.name)} where ${notUnder(table, keyId)}
  `.execute(db)
  return Number(rows[0]?.n ?? 0)
}

/** Rows with something that is sealed under another key, in the order of their ids. */
export async function readToReseal(
  db: Db,
  table: SealedTable,
  { keyId, after, limit }: { keyId: string; after: string; limit: number },
): Promise<SealedRow[]> {
  const names = Object.keys(table.columns)
  const columns = sql.join(names.map((name) => sql.ref(name)))
  const { rows } = await sql<Record<string, string>>`
    select id, ${sql.ref(table.bound)} as bound_to, ${columns}
    from ${sql.table(table.name)}
    where id > ${after} and ${notUnder(table, keyId)}
    order by id limit ${limit}
  `.execute(db)
  return rows.map((row) => ({
    id: row['id'] ?? '',
    bound: row['bound_to'] ?? '',
    values: Object.fromEntries(names.map((name) => [name, row[name] ?? ''])),
  }))
}

/** Only while everything sealed in the row is as it was read; false: somebody was faster. */
export async function replaceSealed(
  db: Db,
  table: SealedTable,
  read: SealedRow,
  { values, keyId }: { values: Record<string, string>; keyId: string },
): Promise<boolean> {
  const changes = Object.entries(values).map(([name, value]) => sql`${sql.ref(name)} = ${value}`)
  if (table.keyId !== null) changes.push(sql`${sql.ref(table.keyId)} = ${keyId}`)
  const unchanged = Object.entries({ ...read.values, [table.bound]: read.bound }).map(
    ([name, value]) => sql`${sql.ref(name)} = ${value}`,
  )
  const result = await sql`
    update ${sql.table(table.name)} set ${sql.join(changes)}
    where id = ${read.id} and ${sql.join(unchanged, sql` and `)}
  `.execute(db)
  return result.numAffectedRows === 1n
}

function notUnder({ columns, keyId: named }: SealedTable, keyId: string): RawBuilder<unknown> {
  const prefix = `${keyId}.`
  const length = sql.lit(prefix.length)
  const others = Object.keys(columns).map((name) => {
    const column = sql.ref(name)
    return sql`(${column} <> '' and substr(${column}, 1, ${length}) <> ${prefix})`
  })
  if (named !== null) others.push(sql`${sql.ref(named)} <> ${keyId}`)
  return sql`(${sql.join(others, sql` or `)})`
}
