// The list as a workbook: the entries, and a second sheet with the counts and what they mean.
import { formatsOf } from '../languages/formats.ts'
import { dirOf, translator } from '../languages/languages.ts'
import type { Entry } from '../signatories/files.ts'
import { verifications } from '../signatories/list.ts'
import { asOfLine, notesIn, numbersIn } from './about.ts'
import type { ListDocument } from './list-document.ts'
import { type Cell, type Sheet, workbookFile } from './workbook.ts'

export function xlsxFile(document: ListDocument): AsyncGenerator<Uint8Array> {
  const { title, language, counts } = document
  return workbookFile({
    title: title.text,
    language,
    isRightToLeft: dirOf(language) === 'rtl',
    at: counts.asOf,
    sheets: [listSheet(document), aboutSheet(document)],
  })
}

const headings = [
  'number',
  'type',
  'name',
  'acronym',
  'affiliation',
  'role',
  'country-code',
  'country',
  'verification',
  'confirmed',
  'language',
  'late',
] as const

function listSheet({ language, rows }: ListDocument): Sheet {
  const t = translator(language)
  return {
    name: t('list.heading'),
    widths: [8, 14, 48, 14, 32, 24, 10, 24, 28, 14, 14, 12],
    header: headings.map((heading) => t(`list.column.${heading}`)),
    rows: cellsOf(rows, language),
  }
}

async function* cellsOf(rows: ListDocument['rows'], language: string): AsyncGenerator<Cell[][]> {
  const t = translator(language)
  const format = formatsOf(language)
  const cells = (entry: Entry): Cell[] => [
    entry.number,
    t(`type.${entry.type}`),
    entry.name,
    entry.acronym,
    entry.affiliation,
    entry.role,
    entry.country,
    format.country(entry.country),
    t(`verification.${entry.verification}`),
    { day: entry.confirmed_on },
    format.language(entry.language),
    entry.late === 1 ? t('list.late') : null,
  ]
  for await (const part of rows) yield part.map(cells)
}

function aboutSheet(document: ListDocument): Sheet {
  const t = translator(document.language)
  return {
    name: t('list.about'),
    widths: [32, 16, 90],
    header: null,
    rows: once([
      [document.title.text],
      ...notesIn(document).map((note) => [note]),
      [asOfLine(document), null, t('list.meaning.as-of')],
      ...numbersIn(document).map(({ label, n, meaning }) => [label, n, meaning]),
      [t('list.column.number'), null, t('list.meaning.number')],
      ...verifications.map((way) => [
        t(`verification.${way}`),
        null,
        t(`verification.${way}.explained`),
      ]),
      [t('verification.self-described')],
      [t('list.source'), null, document.url],
    ]),
  }
}

async function* once(rows: Cell[][]): AsyncGenerator<Cell[][]> {
  yield rows
}
