// Writes a workbook (XLSX, ECMA-376) as a stream. Every text is an inline string, so there is no cell
// in which a formula could stand (product.md W-4).
import { xmlText } from '../text/xml.ts'
import { type Part, zipOf } from './zip.ts'

/** A day is "2026-11-21". */
export type Cell = string | number | { day: string } | null

export interface Sheet {
  name: string
  /** of the columns, in characters */
  widths: readonly number[]
  /** stays in view and can be filtered by; null: none */
  header: readonly string[] | null
  rows: AsyncIterable<Cell[][]>
}

export interface Workbook {
  title: string
  language: string
  isRightToLeft: boolean
  /** ISO 8601 */
  at: string
  sheets: readonly Sheet[]
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

export function workbookFile(book: Workbook): AsyncGenerator<Uint8Array> {
  const parts: Part[] = [
    { path: '[Content_Types].xml', content: contentTypes(book.sheets) },
    { path: '_rels/.rels', content: packageLinks },
    { path: 'docProps/core.xml', content: properties(book) },
    { path: 'xl/workbook.xml', content: overview(book.sheets) },
    { path: 'xl/_rels/workbook.xml.rels', content: workbookLinks(book.sheets) },
    { path: 'xl/styles.xml', content: styles },
    ...book.sheets.map((sheet, n) => ({
      path: `xl/worksheets/sheet${n + 1}.xml`,
      content: sheetXml(sheet, book.isRightToLeft),
    })),
  ]
  return zipOf(parts, book.at)
}

// printed, all columns are on one page of A4
const fitToPage = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
const landscape = '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'

/** What a sheet can hold. */
const mostRows = 1_048_576
const bold = 1
const day = 2
const plain = 3

async function* sheetXml({ widths, header, rows }: Sheet, isRightToLeft: boolean) {
  const direction = isRightToLeft ? ' rightToLeft="1"' : ''
  const pane = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
  const columns = widths.map(
    (width, n) => `<col min="${n + 1}" max="${n + 1}" width="${width}" customWidth="1"/>`,
  )
  yield (
    `${declaration}<worksheet xmlns="${main}">${fitToPage}<sheetViews><sheetView workbookViewId="0"${direction}>` +
    `${header ? pane : ''}</sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>`
  )
  let written = 0
  const rowXml = (cells: readonly Cell[], style?: number) => {
    written += 1
    // a list that breaks off is seen to be incomplete; one that just ends is not
    if (written > mostRows) throw new RangeError('There are more entries than a sheet can hold')
    return `<row r="${written}">${cells.map((cell, n) => cellXml(cell, n, written, style)).join('')}</row>`
  }
  if (header) yield rowXml(header, bold)
  for await (const part of rows) yield part.map((cells) => rowXml(cells)).join('')
  const all = `A1:${columnName(widths.length - 1)}${written}`
  yield `</sheetData>${header ? `<autoFilter ref="${all}"/>` : ''}${landscape}</worksheet>`
}

function cellXml(cell: Cell, column: number, row: number, style: number = plain): string {
  if (cell === null) return ''
  const at = `r="${columnName(column)}${row}"`
  if (typeof cell === 'number') return `<c ${at}><v>${cell}</v></c>`
  if (typeof cell === 'object') return `<c ${at} s="${day}"><v>${serialOf(cell.day)}</v></c>`
  const text = xmlText(escapedAsWritten(cell))
  const space = /^\s|\s$/.test(cell) ? ' xml:space="preserve"' : ''
  return `<c ${at} s="${style}" t="inlineStr"><is><t${space}>${text}</t></is></c>`
}

/** "_x0041_" would be read as "A" (ECMA-376, ST_Xstring). */
function escapedAsWritten(text: string): string {
  return text.replaceAll(/_(?=x[\da-f]{4}_)/gi, '_x005F_')
}

/** At most 26 columns. */
const columnName = (column: number) => String.fromCodePoint(65 + column)

/** Days since 30 December 1899. */
function serialOf(isoDay: string): number {
  return Math.round((Date.parse(isoDay) - Date.UTC(1899, 11, 30)) / 86_400_000)
}

const override = (path: string, type: string) =>
  `<Override PartName="${path}" ContentType="${type}"/>`

function contentTypes(sheets: readonly Sheet[]): string {
  return (
    `${declaration}<Types xmlns="${packages}/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    override('/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml') +
    override('/xl/workbook.xml', `${spreadsheet}.sheet.main+xml`) +
    override('/xl/styles.xml', `${spreadsheet}.styles+xml`) +
    sheets
      .map((_, n) => override(`/xl/worksheets/sheet${n + 1}.xml`, `${spreadsheet}.worksheet+xml`))
      .join('') +
    '</Types>'
  )
}

const packageLinks =
  `${declaration}<Relationships xmlns="${packages}/relationships">` +
  `<Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/>` +
  `<Relationship Id="rId2" Type="${packages}/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
  '</Relationships>'

function workbookLinks(sheets: readonly Sheet[]): string {
  const links = sheets.map(
    (_, n) =>
      `<Relationship Id="rId${n + 1}" Type="${office}/worksheet" Target="worksheets/sheet${n + 1}.xml"/>`,
  )
  const toStyles = `<Relationship Id="rId${sheets.length + 1}" Type="${office}/styles" Target="styles.xml"/>`
  return `${declaration}<Relationships xmlns="${packages}/relationships">${links.join('')}${toStyles}</Relationships>`
}

function overview(sheets: readonly Sheet[]): string {
  const all = sheets.map(
    ({ name }, n) =>
      `<sheet name="${xmlText(sheetName(name))}" sheetId="${n + 1}" r:id="rId${n + 1}"/>`,
  )
  return `${declaration}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${all.join('')}</sheets></workbook>`
}

/** At most 31 characters, and none of these. */
const sheetName = (name: string) => name.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31)

function properties({ title, language, at }: Workbook): string {
  return (
    `${declaration}<cp:coreProperties xmlns:cp="${packages}/metadata/core-properties"` +
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${xmlText(title)}</dc:title><dc:language>${xmlText(language)}</dc:language>` +
    `<dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created></cp:coreProperties>`
  )
}

/** 0 plain, 1 the header, 2 a day, 3 text */
const styles =
  `${declaration}<styleSheet xmlns="${main}">` +
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>' +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>' +
  '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill>' +
  '<fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">' +
  '<alignment vertical="top" wrapText="1"/></xf>' +
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
