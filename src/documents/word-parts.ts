// The parts of a DOCX file besides its text.
import { dirOf } from '../languages/languages.ts'
import { xmlText } from '../text/xml.ts'
import type { WordDocument } from './word.ts'
import { type List, listStep, writerIn } from './word-writer.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const types = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

export const contentTypes =
  `${declaration}<Types xmlns="${packages}/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  '<Default Extension="xml" ContentType="application/xml"/>' +
  '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>' +
  `<Override PartName="/word/document.xml" ContentType="${types}.document.main+xml"/>` +
  `<Override PartName="/word/styles.xml" ContentType="${types}.styles+xml"/>` +
  `<Override PartName="/word/footer1.xml" ContentType="${types}.footer+xml"/>` +
  `<Override PartName="/word/footnotes.xml" ContentType="${types}.footnotes+xml"/>` +
  `<Override PartName="/word/numbering.xml" ContentType="${types}.numbering+xml"/></Types>`

export const packageLinks =
  `${declaration}<Relationships xmlns="${packages}/relationships">` +
  `<Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/>` +
  `<Relationship Id="rId2" Type="${packages}/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
  '</Relationships>'

export const links =
  `${declaration}<Relationships xmlns="${packages}/relationships">` +
  `<Relationship Id="rId1" Type="${office}/styles" Target="styles.xml"/>` +
  `<Relationship Id="rId2" Type="${office}/footer" Target="footer1.xml"/>` +
  `<Relationship Id="rId3" Type="${office}/footnotes" Target="footnotes.xml"/>` +
  `<Relationship Id="rId4" Type="${office}/numbering" Target="numbering.xml"/></Relationships>`

export function properties({ title, language, at }: Omit<WordDocument, 'body'>): string {
  return (
    `${declaration}<cp:coreProperties xmlns:cp="${packages}/metadata/core-properties"` +
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${xmlText(title)}</dc:title><dc:language>${xmlText(language)}</dc:language>` +
    `<dcterms:created xsi:type="dcterms:W3CDTF">${at}</dcterms:created></cp:coreProperties>`
  )
}

/** The number of the page. */
export const footer =
  `${declaration}<w:ftr xmlns:w="${word}"><w:p><w:pPr><w:pStyle w:val="Small"/><w:jc w:val="center"/></w:pPr>` +
  '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>' +
  '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>' +
  '</w:p></w:ftr>'

const noteLine = (id: number, mark: string) =>
  `<w:footnote w:type="${mark}" w:id="${id}"><w:p><w:r><w:${mark}/></w:r></w:p></w:footnote>`

const noteMark =
  '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'

/** The first two are the lines that Word draws above footnotes. */
export function footnotes({ dir, notes = [] }: Pick<WordDocument, 'dir' | 'notes'>): string {
  const written = notes.map((note, index) => {
    const paragraph = writerIn(dir).paragraph('Small', ...note)
    return `<w:footnote w:id="${index + 1}">${paragraph.replace('</w:pPr>', `</w:pPr>${noteMark}`)}</w:footnote>`
  })
  return (
    `${declaration}<w:footnotes xmlns:w="${word}">` +
    noteLine(-1, 'separator') +
    noteLine(0, 'continuationSeparator') +
    `${written.join('')}</w:footnotes>`
  )
}

const levels = [0, 1, 2, 3, 4, 5, 6, 7, 8]

const listKind = (id: number, format: string, textOf: (level: number) => string) =>
  `<w:abstractNum w:abstractNumId="${id}"><w:multiLevelType w:val="hybridMultilevel"/>${levels
    .map(
      (level) =>
        `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>` +
        `<w:lvlText w:val="${textOf(level)}"/><w:lvlJc w:val="left"/><w:pPr>` +
        `<w:ind w:left="${listStep * (level + 1)}" w:hanging="${listStep}"/></w:pPr></w:lvl>`,
    )
    .join('')}</w:abstractNum>`

/** Two kinds of lists, and one entry for each list, so that each counts for itself. */
export function numbering(lists: readonly List[]): string {
  const entries = lists.map(({ start, level }, index) => {
    const restart = `<w:lvlOverride w:ilvl="${level}"><w:startOverride w:val="${start}"/></w:lvlOverride>`
    return (
      `<w:num w:numId="${index + 1}"><w:abstractNumId w:val="${start === null ? 0 : 1}"/>` +
      `${start === null ? '' : restart}</w:num>`
    )
  })
  return (
    `${declaration}<w:numbering xmlns:w="${word}">` +
    listKind(0, 'bullet', () => '•') +
    listKind(1, 'decimal', (level) => `%${level + 1}.`) +
    `${entries.join('')}</w:numbering>`
  )
}

interface Look {
  name: string
  isHeading?: boolean
  /** in half points */
  size: number
  /** of the paragraph */
  layout: string
  color?: string
}

const heading = '<w:keepNext/><w:spacing w:before="360" w:after="120"/>'
const looks: Record<string, Look> = {
  Title: {
    name: 'Title',
    isHeading: true,
    size: 36,
    layout: '<w:keepNext/><w:spacing w:after="240"/>',
  },
  Heading1: {
    name: 'heading 1',
    isHeading: true,
    size: 28,
    layout: `${heading}<w:outlineLvl w:val="0"/>`,
  },
  Heading2: {
    name: 'heading 2',
    isHeading: true,
    size: 24,
    layout: `${heading}<w:outlineLvl w:val="1"/>`,
  },
  Lead: { name: 'Lead', isHeading: true, size: 24, layout: '<w:spacing w:after="40"/>' },
  Apart: { name: 'Apart', size: 22, layout: '<w:spacing w:before="360" w:after="40"/>' },
  Small: { name: 'Small', size: 18, layout: '<w:spacing w:after="40"/>', color: '404040' },
  Entry: { name: 'Entry', size: 20, layout: '<w:keepLines/><w:spacing w:after="60"/>' },
  Quote: { name: 'Quote', size: 22, layout: '<w:ind w:left="567" w:right="567"/>' },
  Code: { name: 'Code', size: 20, layout: '<w:ind w:left="567"/>' },
}

const knownToWord = new Set(['Title', 'Heading1', 'Heading2', 'Quote'])
const plainSize = 20

export function styles({ language, look }: Pick<WordDocument, 'language' | 'look'>): string {
  const lang = xmlText(language)
  const isPlain = look === 'plain'
  const [font, others, size] = isPlain
    ? ['Times New Roman', 'Times New Roman', plainSize]
    : ['Calibri', 'Arial', 22]
  const spoken =
    dirOf(language) === 'rtl'
      ? `<w:lang w:val="en" w:bidi="${lang}"/>`
      : `<w:lang w:val="${lang}" w:bidi="ar"/>`
  return (
    `${declaration}<w:styles xmlns:w="${word}"><w:docDefaults><w:rPrDefault><w:rPr>` +
    `<w:rFonts w:ascii="${font}" w:hAnsi="${font}" w:eastAsia="${font}" w:cs="${others}"/>` +
    `<w:sz w:val="${size}"/><w:szCs w:val="${size}"/>${spoken}</w:rPr></w:rPrDefault>` +
    '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>' +
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>' +
    Object.entries(looks)
      .map(([id, each]) => styleXml(id, isPlain ? plainly(each) : each))
      .join('') +
    `${tableStyle}</w:styles>`
  )
}

const plainly = ({ name, layout }: Look): Look => ({ name, layout, size: plainSize })

function styleXml(id: string, { name, isHeading = false, size, layout, color }: Look): string {
  return (
    `<w:style w:type="paragraph"${knownToWord.has(id) ? '' : ' w:customStyle="1"'} w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/>` +
    `${isHeading ? '<w:next w:val="Normal"/>' : ''}<w:pPr>${layout}</w:pPr>` +
    `<w:rPr>${isHeading ? '<w:b/><w:bCs/>' : ''}${color === undefined ? '' : `<w:color w:val="${color}"/>`}` +
    `<w:sz w:val="${size}"/><w:szCs w:val="${size}"/></w:rPr></w:style>`
  )
}

/** Thin lines between the rows. */
const tableStyle =
  '<w:style w:type="table" w:customStyle="1" w:styleId="List"><w:name w:val="Signatories"/>' +
  '<w:pPr><w:spacing w:after="0"/></w:pPr><w:tblPr><w:tblBorders>' +
  '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="A0A0A0"/>' +
  '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="C0C0C0"/></w:tblBorders>' +
  '<w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>' +
  '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar></w:tblPr>' +
  '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr></w:tblStylePr></w:style>'
