// Reads a whole table in pieces, each of about a megabyte, in the order of its primary key.
import { sql } from 'kysely'
import type { Db } from './schema.ts'
import type { PlannedTable } from './table-plan.ts'

export type Cell = string | number | null
export type Row = Record<string, Cell>

const pieceBytes = 1_000_000
const mostRows = 500
/** both databases limit how many values one statement takes */
const mostValues = 30_000
/** a table can hold whole files, so that nobody begins with many rows */
const firstRows = 8

/** @param after the key of the last row that is known already; null: from the beginning */
export async function* walkTable(
  db: Db,
  table: PlannedTable,
  after: Cell[] | null = null,
): AsyncGenerator<Row[]> {
  const most = Math.min(mostRows, Math.floor(mostValues / table.columns.length))
  let limit = firstRows
  for (let last = after; ;) {
    const rows = await readPiece(db, table, last, limit)
    const end = rows.at(-1)
    if (end === undefined) return
    yield rows
    if (rows.length < limit) return
    last = keyOf(table, end)
    limit = fitting(rows, most)
  }
}

export function keyOf({ key }: PlannedTable, row: Row): Cell[] {
  return key.map((column) => row[column] ?? null)
}

function fitting(rows: Row[], most: number): number {
  const bytes = JSON.stringify(rows).length / rows.length
  return Math.max(1, Math.min(most, Math.floor(pieceBytes / bytes)))
}

async function readPiece(
  db: Db,
  { name, columns, key }: PlannedTable,
  after: Cell[] | null,
  limit: number,
): Promise<Row[]> {
  const order = sql.join(key.map((column) => sql.ref(column)))
  const where = after === null ? sql`` : sql`where (${order}) > (${sql.join(after)})`
  const { rows } = await sql<Row>`
    select ${sql.join(columns.map((column) => sql.ref(column)))}
    from ${sql.table(name)} ${where} order by ${order} limit ${limit}
  `.execute(db)
  return rows
}
