// The two parts of an XLSX file that hold what people typed: the shared texts, and the cells.
import type { XmlReader } from './read-xml.ts'
import { faultOfRow, limits, type ReadRows, refused, type SheetRow } from './sheet.ts'

const longestText = limits.cell + 1

/** Collects the text of `<t>`, without the pronunciation (`<rPh>`) that Japanese sheets add. */
class TextOf {
  #text = ''
  #isIn = false
  #isPhonetic = false

  open(name: string): void {
    if (name === 'rPh') this.#isPhonetic = true
    this.#isIn = name === 't' || name === 'v'
  }

  add(text: string): void {
    if (!this.#isIn || this.#isPhonetic || this.#text.length > longestText) return
    this.#text += text.slice(0, longestText)
  }

  close(name: string): void {
    if (name === 'rPh') this.#isPhonetic = false
    this.#isIn = false
  }

  take(): string {
    const text = this.#text
    this.#text = ''
    return text
  }
}

export class StringsReader implements XmlReader {
  readonly all: string[] = []
  readonly #text = new TextOf()

  open(name: string): void {
    this.#text.open(name)
  }

  text(text: string): void {
    this.#text.add(text)
  }

  close(name: string): void {
    this.#text.close(name)
    if (name === 'si') this.all.push(this.#text.take())
  }

  isDone(): boolean {
    return this.all.length > limits.rows * limits.columns
  }
}

/** Formulas (`<f>`) are passed over; their last result is in `<v>`. */
export class SheetReader implements XmlReader {
  readonly #strings: readonly string[]
  readonly #text = new TextOf()
  readonly #rows: SheetRow[] = []
  #row: SheetRow = { number: 0, cells: [] }
  #cell = { column: 0, type: '' }
  #length = 0
  #fault: ReturnType<typeof faultOfRow> = null

  constructor(strings: readonly string[]) {
    this.#strings = strings
  }

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'row') this.#beginRow(Number(attributes['r'] ?? this.#row.number + 1))
    else if (name === 'c') {
      const column = columnOf(attributes['r']) ?? this.#row.cells.length
      this.#cell = { column, type: attributes['t'] ?? 'n' }
      if (column >= limits.columns) this.#fault = refused('too-many-columns', limits.columns)
    } else this.#text.open(name)
  }

  text(text: string): void {
    this.#text.add(text)
  }

  close(name: string): void {
    this.#text.close(name)
    if (name === 'c' && this.#fault === null) this.#endCell(this.#text.take())
    else if (name === 'row') this.#fault ??= faultOfRow(this.#row)
  }

  isDone(): boolean {
    return this.#fault !== null
  }

  result(): ReadRows {
    return this.#fault ?? { ok: true, rows: this.#rows }
  }

  #beginRow(number: number): void {
    if (!Number.isSafeInteger(number) || number <= this.#row.number || number > limits.rows + 1) {
      this.#fault = refused('too-many-rows', limits.rows)
      return
    }
    this.#row = { number, cells: [] }
    this.#rows.push(this.#row)
  }

  #endCell(value: string): void {
    const { column, type } = this.#cell
    const { cells } = this.#row
    while (cells.length < column) cells.push('')
    const text = type === 's' ? (this.#strings[Number(value)] ?? '') : spelled(type, value)
    this.#length += text.length
    if (this.#length > limits.content) this.#fault = refused('bomb')
    cells[column] = text
  }
}

const spelled = (type: string, value: string) =>
  type === 'b' ? (value === '1' ? 'yes' : 'no') : value

/** "C7" → 2 */
function columnOf(reference: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(reference ?? '')?.[0]
  if (letters === undefined) return null
  return Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}
