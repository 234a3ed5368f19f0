// The parts of a DOCX file besides its text.
import { dirOf } from '../languages/languages.ts'
import { xmlText } from '../text/xml.ts'
import type { WordDocument } from './word.ts'

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
  `<Override PartName="/word/footer1.xml" ContentType="${types}.footer+xml"/></Types>`

export const packageLinks =
  `${declaration}<Relationships xmlns="${packages}/relationships">` +
  `<Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/>` +
  `<Relationship Id="rId2" Type="${packages}/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
  '</Relationships>'

export const links =
  `${declaration}<Relationships xmlns="${packages}/relationships">` +
  `<Relationship Id="rId1" Type="${office}/styles" Target="styles.xml"/>` +
  `<Relationship Id="rId2" Type="${office}/footer" Target="footer1.xml"/></Relationships>`

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

export function styles({ language }: Pick<WordDocument, 'language'>): string {
  const lang = xmlText(language)
  const spoken =
    dirOf(language) === 'rtl'
      ? `<w:lang w:val="en" w:bidi="${lang}"/>`
      : `<w:lang w:val="${lang}" w:bidi="ar"/>`
  return (
    `${declaration}<w:styles xmlns:w="${word}"><w:docDefaults><w:rPrDefault><w:rPr>` +
    '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Arial"/>' +
    `<w:sz w:val="22"/><w:szCs w:val="22"/>${spoken}</w:rPr></w:rPrDefault>` +
    '<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>' +
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>' +
    paragraphStyle('Title', 'Title', 36, '<w:keepNext/><w:spacing w:after="240"/>') +
    paragraphStyle('Heading1', 'heading 1', 28, `${heading}<w:outlineLvl w:val="0"/>`) +
    paragraphStyle('Heading2', 'heading 2', 24, `${heading}<w:outlineLvl w:val="1"/>`) +
    '<w:style w:type="paragraph" w:customStyle="1" w:styleId="Small"><w:name w:val="Small"/><w:basedOn w:val="Normal"/>' +
    '<w:pPr><w:spacing w:after="40"/></w:pPr><w:rPr><w:color w:val="404040"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>' +
    `${tableStyle}</w:styles>`
  )
}

const heading = '<w:keepNext/><w:spacing w:before="360" w:after="120"/>'

function paragraphStyle(id: string, name: string, size: number, layout: string): string {
  return (
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/>` +
    `<w:next w:val="Normal"/><w:pPr>${layout}</w:pPr>` +
    `<w:rPr><w:b/><w:bCs/><w:sz w:val="${size}"/><w:szCs w:val="${size}"/></w:rPr></w:style>`
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
