// Reads comma-, semicolon- or tab-separated text. UTF-8 or refused: a guessed encoding would spoil
// names without anybody noticing.
import { isUtf8 } from 'node:buffer'
import { Readable } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import { openTurns } from '../db/turns.ts'
import { faultOfRow, limits, type ReadRows, refused, type SheetRow } from './sheet.ts'

/** Longest record, in bytes, before it is certain that a quote was never closed or a cell is huge. */
const longestRecord = limits.cell * 12

/** so much is read at once, in characters */
const piece = 50_000

export async function readCsv(bytes: Buffer): Promise<ReadRows> {
  if (bytes.includes(0) || !isUtf8(bytes)) return refused('encoding')
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  try {
    return await rowsIn(text)
  } catch (fault) {
    if (fault instanceof CsvError) return refusedBy(fault, text)
    throw fault
  }
}

async function rowsIn(text: string): Promise<ReadRows> {
  const turn = openTurns()
  const rows: SheetRow[] = []
  for await (const cells of recordsIn(text)) {
    await turn()
    const row = { number: rows.length + 1, cells: cells.map(withoutGuard) }
    const fault = faultOfRow(row)
    if (fault) return fault
    rows.push(row)
  }
  return { ok: true, rows }
}

function recordsIn(text: string): AsyncIterable<string[]> {
  const parser = parse({
    delimiter: delimiterOf(text.slice(0, piece)),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: longestRecord,
    to: limits.rows + 2,
  })
  return Readable.from(piecesOf(text)).pipe(parser)
}

function* piecesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; from += piece) yield text.slice(from, from + piece)
}

/** Our own lists guard what a spreadsheet would run with a leading `'` (product.md W-4). */
function withoutGuard(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell
}

function refusedBy({ code, ...fault }: CsvError, text: string): ReadRows {
  const { records = 0 } = fault as { records?: number }
  if (code === 'CSV_QUOTE_NOT_CLOSED') return refused('quote', records + 1)
  if (code !== 'CSV_MAX_RECORD_SIZE') return refused('not-a-table')
  const isQuoteOpen = (text.split('"').length - 1) % 2 === 1
  return refused(isQuoteOpen ? 'quote' : 'too-long-cell', records + 1)
}

/** The one that is most often in the first line, outside quotes. */
function delimiterOf(text: string): string {
  const first =
    text
      .replaceAll(/"[^"]*"/g, '')
      .trimStart()
      .split(/\r\n?|\n/, 1)[0] ?? ''
  const counts = [',', ';', '\t'].map((mark) => ({ mark, n: first.split(mark).length }))
  return counts.sort((a, b) => b.n - a.n)[0]?.mark ?? ','
}
