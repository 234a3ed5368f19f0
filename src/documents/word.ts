// Writes a text document (DOCX, ECMA-376) as a stream of paragraphs and tables, left to right or right
// to left. What people typed is text only; there are no fields but the page number, and no links.
import type { Direction } from '../languages/languages.ts'
import { directionOf } from '../text/direction.ts'
import { xmlText } from '../text/xml.ts'
import { type Part, zipOf } from './zip.ts'
import { contentTypes, footer, links, packageLinks, properties, styles } from './word-parts.ts'

export interface WordDocument {
  title: string
  language: string
  dir: Direction
  /** ISO 8601 */
  at: string
  /** XML made by a `Writer` */
  body: AsyncIterable<string>
}

export type Style = 'Title' | 'Heading1' | 'Heading2' | 'Normal' | 'Small'

const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

export function wordFile(document: WordDocument): AsyncGenerator<Uint8Array> {
  const parts: Part[] = [
    { path: '[Content_Types].xml', content: contentTypes },
    { path: '_rels/.rels', content: packageLinks },
    { path: 'docProps/core.xml', content: properties(document) },
    { path: 'word/document.xml', content: documentXml(document) },
    { path: 'word/_rels/document.xml.rels', content: links },
    { path: 'word/styles.xml', content: styles(document) },
    { path: 'word/footer1.xml', content: footer },
  ]
  return zipOf(parts, document.at)
}

async function* documentXml({ body, dir }: WordDocument) {
  yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="${word}" xmlns:r="${office}"><w:body>`
  yield* body
  // A4 with margins of 2 cm
  yield (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>' +
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>' +
    `${dir === 'rtl' ? '<w:bidi/>' : ''}</w:sectPr></w:body></w:document>`
  )
}

/** What stands in a line; a text that a person typed keeps its own direction. */
export type Run = string | { text: string; lang: string }

const rowXml = (cells: readonly string[], isHeader: boolean) =>
  `<w:tr><w:trPr><w:cantSplit/>${isHeader ? '<w:tblHeader/>' : ''}</w:trPr>${cells
    .map((cell) => `<w:tc><w:tcPr/>${cell}</w:tc>`)
    .join('')}</w:tr>`

/** Makes the XML of paragraphs and tables in one direction. */
export function writerIn(dir: Direction) {
  const runXml = (run: Run) => {
    const { text, lang } = typeof run === 'string' ? { text: run, lang: null } : run
    const isTurned = (directionOf(text) ?? dir) === 'rtl'
    const marked =
      lang === null ? '' : `<w:lang w:val="${xmlText(lang)}" w:bidi="${xmlText(lang)}"/>`
    return `<w:r><w:rPr>${isTurned ? '<w:rtl/>' : ''}${marked}</w:rPr><w:t xml:space="preserve">${xmlText(text)}</w:t></w:r>`
  }
  const paragraph = (style: Style, ...runs: Run[]) =>
    `<w:p><w:pPr><w:pStyle w:val="${style}"/>${dir === 'rtl' ? '<w:bidi/>' : ''}</w:pPr>${runs.map(runXml).join('')}</w:p>`
  return {
    paragraph,
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
