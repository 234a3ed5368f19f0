// A table as it was brought: a file of a form tool, a spreadsheet, or pasted text. Untrusted.

export interface SheetRow {
  /** as a spreadsheet shows it: the headings are in row 1, a cell of many lines is one row */
  number: number
  cells: string[]
}

export interface Sheet {
  headings: string[]
  /** below the headings, the blank ones too */
  rows: SheetRow[]
}

/** Each has its words under `desk.imports.fault.…`. */
export type SheetReason =
  | 'too-large'
  | 'too-many-rows'
  | 'too-many-columns'
  | 'too-long-cell'
  | 'encoding'
  | 'quote'
  | 'not-a-table'
  | 'old-excel'
  | 'damaged'
  | 'bomb'
  | 'empty'

export interface SheetFault {
  reason: SheetReason
  /** for the message: the limit, or the row */
  n: number
}

export type ReadRows = { ok: true; rows: SheetRow[] } | ({ ok: false } & SheetFault)

/** A sheet of this size takes some 400 MB while it is brought in. */
export const limits = {
  /** of the file, in bytes; see also http/read-upload.ts */
  file: 25_000_000,
  rows: 100_000,
  columns: 100,
  /** of one cell, in characters */
  cell: 20_000,
  /** of all cells together: in a workbook many cells can be one text */
  content: 30_000_000,
} as const

export function refused(reason: SheetReason, n = 0): { ok: false } & SheetFault {
  return { ok: false, reason, n }
}

export function isBlank({ cells }: SheetRow): boolean {
  return cells.every((cell) => cell.trim() === '')
}

/** null while a row may be taken; otherwise why not */
export function faultOfRow({ number, cells }: SheetRow): ({ ok: false } & SheetFault) | null {
  if (number > limits.rows + 1) return refused('too-many-rows', limits.rows)
  if (cells.length > limits.columns) return refused('too-many-columns', limits.columns)
  if (cells.some((cell) => cell.length > limits.cell)) return refused('too-long-cell', number)
  return null
}
