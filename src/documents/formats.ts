// The formats of the signatory list. Each makes pieces of a file from a document, as they are asked for.
import { csvOf, jsonOf } from '../signatories/files.ts'
import { dataPackage } from './data-package.ts'
import { headOf } from './head.ts'
import { countryNameIn, type ListDocument } from './list-document.ts'
import { docxFile } from './docx.ts'
import { textFile } from './plain-text.ts'
import { xlsxFile } from './xlsx.ts'

interface Format {
  contentType: string
  write: (document: ListDocument) => AsyncIterable<string | Uint8Array>
}

export const formats = {
  csv: {
    contentType: 'text/csv; charset=utf-8',
    write: ({ rows, language }) => csvOf(rows, countryNameIn(language)),
  },
  json: {
    contentType: 'application/json; charset=utf-8',
    write: (document) => jsonOf(headOf(document), document.rows, countryNameIn(document.language)),
  },
  xlsx: {
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    write: xlsxFile,
  },
  docx: {
    contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    write: docxFile,
  },
  txt: { contentType: 'text/plain; charset=utf-8', write: textFile },
  'datapackage.zip': { contentType: 'application/zip', write: dataPackage },
} as const satisfies Record<string, Format>

export type ListFormat = keyof typeof formats
export const listFormats = Object.keys(formats) as ListFormat[]
