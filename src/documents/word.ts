// Writes a text document (DOCX, ECMA-376) as a stream, left to right or right to left. What people typed
// is text only; there are no fields but the page number, and no links.
import type { Direction } from '../languages/languages.ts'
import { type Part, zipOf } from './zip.ts'
import {
  contentTypes,
  footer,
  footnotes,
  links,
  numbering,
  packageLinks,
  properties,
  styles,
} from './word-parts.ts'
import { type List, type Run, section } from './word-writer.ts'

export interface WordDocument {
  title: string
  language: string
  dir: Direction
  /** ISO 8601 */
  at: string
  /** XML made by a writer (word-writer.ts) */
  body: AsyncIterable<string>
  /** `plain`: one font in one size, as offices ask for that print it themselves */
  look?: 'own' | 'plain'
  /** that the body refers to by their place, from 1 */
  notes?: readonly (readonly Run[])[]
  /** what the writer of the body keeps */
  lists?: readonly List[]
}

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
    { path: 'word/footnotes.xml', content: footnotes(document) },
    // begun when the body is written, so that all its lists are known
    { path: 'word/numbering.xml', content: numberingXml(document) },
  ]
  return zipOf(parts, document.at)
}

async function* documentXml({ body, dir }: WordDocument) {
  yield `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="${word}" xmlns:r="${office}"><w:body>`
  yield* body
  yield `${section(dir, 1)}</w:body></w:document>`
}

async function* numberingXml({ lists = [] }: WordDocument) {
  yield numbering(lists)
}
