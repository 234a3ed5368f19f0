// The XML of what stands in a text document: paragraphs, lists, tables, sections, in one direction.
import type { Direction } from '../languages/languages.ts'
import { directionOf } from '../text/direction.ts'
import { xmlText } from '../text/xml.ts'

export type Style =
  | 'Title'
  | 'Heading1'
  | 'Heading2'
  | 'Normal'
  | 'Small'
  | 'Lead'
  | 'Apart'
  | 'Entry'
  | 'Quote'
  | 'Code'

/** A text that a person typed keeps its own direction; `\n` begins a new line. */
interface Words {
  text: string
  lang?: string
  isBold?: boolean
  isItalic?: boolean
}
/** What stands in a line: words, or the mark of a footnote. */
export type Run = string | Words | { note: number }

export interface List {
  /** null: without numbers */
  start: number | null
  /** 0 is the outermost */
  level: number
}

/** In a list; without an id it goes on below an item. */
export interface Place {
  id: number | null
  level: number
}

/** Twentieths of a point by which each level of a list stands in. */
export const listStep = 360

export type Writer = ReturnType<typeof writerIn>

export function writerIn(dir: Direction) {
  const lists: List[] = []
  const bidi = dir === 'rtl' ? '<w:bidi/>' : ''
  const placed = (style: Style, place: Place | null, runs: readonly Run[]) =>
    `<w:p><w:pPr><w:pStyle w:val="${style}"/>${numberOf(place)}${bidi}${indentOf(place)}</w:pPr>` +
    `${runs.map((run) => runXml(run, dir)).join('')}</w:p>`
  const paragraph = (style: Style, ...runs: Run[]) => placed(style, null, runs)
  return {
    paragraph,
    placed,
    /** those that were begun, for `wordFile` */
    lists,
    /** @returns the id that its items name */
    beginList: (list: List) => lists.push(list),
    /**
     * All since the last end of a section is set in so many columns.
     * @param last the paragraph that is the end of it
     */
    endSection: (columns: 1 | 2, last = paragraph('Small')) =>
      last.replace('</w:pPr>', `${section(dir, columns)}</w:pPr>`),
    /** @param widths of the columns, in twentieths of a point; 9638 are a line */
    beginTable: (widths: readonly number[], header: readonly string[]) =>
      `<w:tbl><w:tblPr><w:tblStyle w:val="List"/>${dir === 'rtl' ? '<w:bidiVisual/>' : ''}` +
      `<w:tblW w:w="9638" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1"/></w:tblPr>` +
      `<w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')}</w:tblGrid>` +
      rowXml(
        header.map((text) => paragraph('Small', text)),
        true,
      ),
    /** @param cells one or more paragraphs each */
    row: (cells: readonly string[]) => rowXml(cells, false),
    endTable: () => '</w:tbl>',
  }
}

/** Without it "#Name" becomes "Name#" in a line that runs the other way. */
const markOf = { ltr: '\u200E', rtl: '\u200F' }

function runXml(run: Run, dir: Direction): string {
  if (typeof run === 'object' && 'note' in run) {
    return `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="${run.note}"/></w:r>`
  }
  const words: Words = typeof run === 'string' ? { text: run } : run
  const { text, lang, isBold = false, isItalic = false } = words
  const own = directionOf(text) ?? dir
  const mark = own === dir ? '' : markOf[own]
  const marks = [
    isBold ? '<w:b/><w:bCs/>' : '',
    isItalic ? '<w:i/><w:iCs/>' : '',
    own === 'rtl' ? '<w:rtl/>' : '',
    lang === undefined ? '' : `<w:lang w:val="${xmlText(lang)}" w:bidi="${xmlText(lang)}"/>`,
  ]
  const lines = text
    .split('\n')
    .map((line) => `<w:t xml:space="preserve">${mark}${xmlText(line)}${mark}</w:t>`)
  return `<w:r><w:rPr>${marks.join('')}</w:rPr>${lines.join('<w:br/>')}</w:r>`
}

function numberOf(place: Place | null): string {
  if (place === null || place.id === null) return ''
  return `<w:numPr><w:ilvl w:val="${place.level}"/><w:numId w:val="${place.id}"/></w:numPr>`
}

function indentOf(place: Place | null): string {
  if (place === null || place.id !== null) return ''
  return `<w:ind w:left="${listStep * (place.level + 1)}"/>`
}

const rowXml = (cells: readonly string[], isHeader: boolean) =>
  `<w:tr><w:trPr><w:cantSplit/>${isHeader ? '<w:tblHeader/>' : ''}</w:trPr>${cells
    .map((cell) => `<w:tc><w:tcPr/>${cell}</w:tc>`)
    .join('')}</w:tr>`

/** A4 with margins of 2 cm. */
export const section = (dir: Direction, columns: 1 | 2) =>
  '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:type w:val="continuous"/>' +
  '<w:pgSz w:w="11906" w:h="16838"/>' +
  '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>' +
  `<w:cols w:num="${columns}" w:space="567"/>${dir === 'rtl' ? '<w:bidi/>' : ''}</w:sectPr>`
