// Whether two tables hold the same rows, in whatever order each database keeps them.
import { createHash } from 'node:crypto'
import type { Db } from './schema.ts'
import type { PlannedTable } from './table-plan.ts'
import { walkTable } from './walk-table.ts'

export interface TableSum {
  rows: number
  /** the sum of the hashes of all rows: it does not depend on their order */
  sum: bigint
}

const modulus = 1n << 128n

export async function sumOf(db: Db, table: PlannedTable): Promise<TableSum> {
  const total: TableSum = { rows: 0, sum: 0n }
  for await (const rows of walkTable(db, table)) {
    total.rows += rows.length
    for (const row of rows) {
      const values = JSON.stringify(table.columns.map((column) => row[column]))
      const hash = createHash('sha256').update(values).digest('hex').slice(0, 32)
      total.sum = (total.sum + BigInt(`0x${hash}`)) % modulus
    }
  }
  return total
}

export function isSame(a: TableSum, b: TableSum): boolean {
  return a.rows === b.rows && a.sum === b.sum
}
