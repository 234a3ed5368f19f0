// Use case: bytes that somebody brought become a sheet, or a reason why not.
import { createHash } from 'node:crypto'
import { readCsv } from './read-csv.ts'
import { readXlsx } from './read-xlsx.ts'
import { isBlank, limits, refused, type Sheet, type SheetFault } from './sheet.ts'

export type ReadSheet = { ok: true; sheet: Sheet; hash: string } | ({ ok: false } & SheetFault)

const isZip = (bytes: Buffer) => bytes.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))
const oldExcel = Buffer.from('d0cf11e0', 'hex')

/** What the file is, its content tells, not its name. */
export async function readSheet(bytes: Buffer): Promise<ReadSheet> {
  if (bytes.length > limits.file) return refused('too-large', limits.file / 1_000_000)
  if (bytes.subarray(0, 4).equals(oldExcel)) return refused('old-excel')
  const read = isZip(bytes) ? await readXlsx(bytes) : await readCsv(bytes)
  if (!read.ok) return read
  const at = read.rows.findIndex((row) => !isBlank(row))
  const first = read.rows[at]
  if (!first) return refused('empty')
  const headings = first.cells.map((cell) => cell.trim())
  const hash = createHash('sha256').update(bytes).digest('hex')
  return { ok: true, sheet: { headings, rows: read.rows.slice(at + 1) }, hash }
}
