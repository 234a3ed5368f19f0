// The list as a Data Package (Frictionless v1): the CSV file, and a description with its hash, its size,
// its columns and the counts. https://specs.frictionlessdata.io/data-package/
import { createHash, type Hash } from 'node:crypto'
import { csvOf } from '../signatories/files.ts'
import { verifications } from '../signatories/list.ts'
import { headOf } from './head.ts'
import { CSV_BOM } from '../text/csv.ts'
import { countryNameIn, type ListDocument } from './list-document.ts'
import { zipOf } from './zip.ts'

interface Measured {
  hash: Hash
  bytes: number
}

export function dataPackage(document: ListDocument): AsyncGenerator<Uint8Array> {
  const measured: Measured = { hash: createHash('sha256'), bytes: 0 }
  const csv = csvOf(document.rows, countryNameIn(document.language))
  const parts = [
    { path: 'signatories.csv', content: measuring(csv, measured) },
    // begun when the CSV is written
    { path: 'datapackage.json', content: description(document, measured) },
  ]
  return zipOf(parts, document.counts.asOf)
}

async function* measuring(pieces: AsyncIterable<string>, measured: Measured) {
  for await (const text of pieces) {
    // programs that read packages take a byte order mark for a part of the first column's name
    const piece = Buffer.from(measured.bytes === 0 ? text.replace(CSV_BOM, '') : text)
    measured.hash.update(piece)
    measured.bytes += piece.length
    yield piece
  }
}

async function* description(document: ListDocument, measured: Measured) {
  const { head, title, counts, url } = document
  const resource = {
    name: 'signatories',
    path: 'signatories.csv',
    profile: 'tabular-data-resource',
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    bytes: measured.bytes,
    hash: `sha256:${measured.hash.digest('hex')}`,
    schema: { fields, primaryKey: 'number', missingValues: [''] },
  }
  const whole = {
    profile: 'tabular-data-package',
    name: `${head.slug}-signatories`,
    title: title.text,
    description: guarded,
    homepage: url,
    created: counts.asOf,
    ...headOf(document),
    resources: [resource],
  }
  yield `${JSON.stringify(whole, null, 2)}\n`
}

const guarded =
  'The public signatory list. A text that a spreadsheet could take for a formula begins with an apostrophe.'

const text = (name: string) => ({ name, type: 'string' })
const required = { required: true }

const fields = [
  { name: 'number', type: 'integer', constraints: { required: true, unique: true } },
  { ...text('type'), constraints: { ...required, enum: ['organisation', 'individual'] } },
  { ...text('name'), constraints: required },
  text('acronym'),
  text('affiliation'),
  text('role'),
  { ...text('country'), constraints: required },
  text('country_name'),
  {
    ...text('verification'),
    constraints: { ...required, enum: verifications },
  },
  { name: 'confirmed_on', type: 'date' },
  text('language'),
  { name: 'late', type: 'boolean' },
]
