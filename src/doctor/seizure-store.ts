// What can be read in a stolen database without any key: numbers, and everything as text.
import { sql } from 'kysely'
import { isOfNameIndex } from '../db/name-index-tables.ts'
import type { Db } from '../db/schema.ts'

export interface Counted {
  what: string
  n: number
}

export async function statementsByState(db: Db): Promise<Counted[]> {
  return counted(
    await sql<Row>`select state as what, count(*) as n from statements group by 1 order by 1`.execute(
      db,
    ),
  )
}

export async function endorsementsByKind(db: Db): Promise<Counted[]> {
  return counted(
    await sql<Row>`
      select state || ', ' || visibility as what, count(*) as n
      from endorsements group by 1 order by 1
    `.execute(db),
  )
}

/** Endorsements of which the name is not public, by one of their columns. */
export async function hiddenBy(db: Db, column: 'country' | 'language'): Promise<Counted[]> {
  return counted(
    await sql<Row>`
      select ${sql.ref(column)} as what, count(*) as n from endorsements
      where ${isHidden} group by 1 order by 2 desc, 1
    `.execute(db),
  )
}

export async function hiddenSpan(db: Db): Promise<{ n: number; from: string; to: string }> {
  const { rows } = await sql<{ n: number | string; a: string | null; z: string | null }>`
    select count(*) as n, min(signed_at) as a, max(signed_at) as z
    from endorsements where ${isHidden}
  `.execute(db)
  const [row] = rows
  return { n: Number(row?.n ?? 0), from: row?.a ?? '', to: row?.z ?? '' }
}

/** Hidden ones who are the only ones of their statement with their country. */
export async function aloneInCountry(db: Db): Promise<number> {
  const { rows } = await sql<Row>`
    select 'alone' as what, count(*) as n from (
      select statement_id, country from endorsements where country <> 'undisclosed'
      group by 1, 2 having count(*) = 1
        and sum(case when ${isHidden} then 1 else 0 end) = 1
    ) as cells
  `.execute(db)
  return Number(rows[0]?.n ?? 0)
}

export async function publicNames(db: Db): Promise<number> {
  return countOf(db, 'signatories')
}

export async function countOf(
  db: Db,
  table: 'signatories' | 'outbox' | 'suppressions' | 'tokens' | 'audit_log',
): Promise<number> {
  const { rows } = await sql<Row>`
    select '' as what, count(*) as n from ${sql.table(table)}
  `.execute(db)
  return Number(rows[0]?.n ?? 0)
}

/** A mailbox that can be recognised from one statement to the next. */
export async function sharedHashes(db: Db): Promise<number> {
  const { rows } = await sql<Row>`
    select '' as what, count(*) as n from (
      select address_hash from endorsements
      group by address_hash having count(distinct statement_id) > 1
    ) as shared
  `.execute(db)
  return Number(rows[0]?.n ?? 0)
}

type Cell = string | number | null

/** Every row of every table; the index for parts of names says nothing that the list does not. */
export async function* everyTable(
  db: Db,
): AsyncGenerator<{ table: string; rows: Record<string, Cell>[] }> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  for (const { name } of tables) {
    if (isOfNameIndex(name)) continue
    const { rows } = await sql<Record<string, Cell>>`select * from ${sql.table(name)}`.execute(db)
    yield { table: name, rows }
  }
}

const isHidden = sql<boolean>`(state <> 'confirmed' or visibility <> 'listed')`

interface Row {
  what: string
  n: number | string
}

function counted({ rows }: { rows: Row[] }): Counted[] {
  return rows.map(({ what, n }) => ({ what, n: Number(n) }))
}
