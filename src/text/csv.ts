// Lines of a CSV file as product.md W-4 wants them. The quoting is written out here rather than
// taken from csv-stringify: it is one rule, and a list of 100,000 rows is streamed line by line.

/** Byte order mark: with it spreadsheets read UTF-8. Goes once, before the first line. */
export const CSV_BOM = '\uFEFF'

export type Cell = string | number | boolean | null

/** One RFC 4180 line with its CRLF; text that a spreadsheet would run is guarded with `'`. */
export function csvLine(cells: Cell[]): string {
  let line = ''
  for (const [at, cell] of cells.entries()) line += at === 0 ? csvCell(cell) : `,${csvCell(cell)}`
  return `${line}\r\n`
}

/** Few cells have it, and there are millions. */
const needsCare = /[",\r\n]|^[\s=+\-@]|\s$/u

function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell === 'string' && !needsCare.test(cell)) return cell
  // A negative number of ours is a number; the same characters typed by someone are text.
  const text = typeof cell === 'string' ? guarded(cell) : String(cell)
  return /[",\r\n]|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function guarded(text: string): string {
  return /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text
}
