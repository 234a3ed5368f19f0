// The whole database as text: equal before and after means that nothing was written in between.
import { sql, type TableMetadata } from 'kysely'
import type { Db } from '../../src/db/schema.ts'
import { isPostgres } from './databases.ts'

type Row = Record<string, unknown>

/**
 * Every row of every table. A write that changes no value shows as well: PostgreSQL says which
 * transaction wrote a row, SQLite how many rows its connection has changed so far.
 */
export async function dumpOf(site: { ctx: { db: Db } }): Promise<string> {
  const tables = await rowsByTable(site, true)
  const lines = Object.entries(tables).flatMap(([table, rows]) =>
    rows.map((row) => `${table} ${JSON.stringify(row)}`).sort(),
  )
  return [...lines, `changes ${await changesSoFar(site.ctx.db)}`].join('\n')
}

const known = new WeakMap<Db, Promise<TableMetadata[]>>()

/** Asking PostgreSQL for them takes longer than reading them. */
function tablesOf(db: Db): Promise<TableMetadata[]> {
  const tables = known.get(db) ?? db.introspection.getTables({ withInternalKyselyTables: true })
  known.set(db, tables)
  return tables
}

/** @param withWriter with the transaction that wrote each row (PostgreSQL) */
export async function rowsByTable(
  { ctx: { db } }: { ctx: { db: Db } },
  withWriter = false,
): Promise<Record<string, Row[]>> {
  const tables = await tablesOf(db)
  const writer = isPostgres && withWriter ? sql`xmin::text as xmin, ctid::text as ctid, ` : sql``
  const rows = tables.map(async ({ name }) => {
    const found = await sql<Row>`select ${writer}* from ${sql.table(name)}`.execute(db)
    return [name, found.rows] as const
  })
  return Object.fromEntries(await Promise.all(rows))
}

/** All rows but those about migrations, sorted: each database has its own order of rows and columns. */
export async function contentOf(db: Db): Promise<string[]> {
  const tables = await rowsByTable({ ctx: { db } })
  return Object.entries(tables)
    .filter(([name]) => !name.startsWith('kysely_'))
    .flatMap(([name, rows]) =>
      rows.map((row) => `${name} ${JSON.stringify(row, Object.keys(row).sort())}`),
    )
    .sort()
}

async function changesSoFar(db: Db): Promise<number> {
  if (isPostgres) return 0
  const { rows } = await sql<{ n: number }>`select total_changes() as n`.execute(db)
  return rows[0]?.n ?? NaN
}
