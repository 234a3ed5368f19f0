// The list as a text document: organisations and individuals apart, in tables.
import { formatsOf } from '../languages/formats.ts'
import { dirOf, translator } from '../languages/languages.ts'
import type { Entry } from '../signatories/files.ts'
import { asOfLine, countLine, notesIn, numbersIn, withheldLine } from './about.ts'
import type { ListDocument } from './list-document.ts'
import { wordFile } from './word.ts'
import { writerIn } from './word-writer.ts'

export function docxFile(document: ListDocument): AsyncGenerator<Uint8Array> {
  const { title, language, counts } = document
  return wordFile({
    title: title.text,
    language,
    dir: dirOf(language),
    at: counts.asOf,
    body: bodyOf(document),
  })
}

const widths = [750, 4488, 2000, 2400]

async function* bodyOf(document: ListDocument): AsyncGenerator<string> {
  const t = translator(document.language)
  const write = writerIn(dirOf(document.language))
  const { paragraph } = write
  yield headOf(document)
  const columns = ['number', 'name', 'country', 'verification'] as const
  const header = columns.map((column) => t(`list.column.${column}`))
  const row = rowIn(document.language)
  let type: Entry['type'] | null = null
  for await (const part of document.rows) {
    let xml = ''
    for (const entry of part) {
      if (entry.type !== type) {
        if (type !== null) xml += write.endTable()
        xml += paragraph('Heading1', t(`type.${entry.type}s`)) + write.beginTable(widths, header)
      }
      type = entry.type
      xml += row(entry)
    }
    yield xml
  }
  if (type !== null) yield write.endTable()
  yield endOf(document)
}

function headOf(document: ListDocument): string {
  const { paragraph } = writerIn(dirOf(document.language))
  const { title, head, language } = document
  const dated = head.dated && formatsOf(language).preciseDate(head.dated)
  return [
    paragraph('Title', title),
    ...(dated === null ? [] : [paragraph('Normal', dated)]),
    paragraph('Normal', countLine(document)),
    paragraph('Normal', asOfLine(document)),
    ...notesIn(document).map((note) => paragraph('Normal', note)),
  ].join('')
}

function rowIn(language: string): (entry: Entry) => string {
  const t = translator(language)
  const format = formatsOf(language)
  const { paragraph, row } = writerIn(dirOf(language))
  return (entry) => {
    const { name, acronym, role, affiliation } = entry
    const called = acronym === null ? [name] : [name, ' (', acronym, ')']
    const late = entry.late === 1 ? [' · ', t('list.late')] : []
    const described = [role, affiliation].flatMap((text) => (text === null ? [] : [text]))
    return row([
      paragraph('Normal', format.number(entry.number)),
      paragraph('Normal', ...called, ...late) +
        described.map((text) => paragraph('Small', text)).join(''),
      paragraph('Small', format.country(entry.country)),
      paragraph('Small', t(`verification.${entry.verification}`)),
    ])
  }
}

function endOf(document: ListDocument): string {
  const t = translator(document.language)
  const { paragraph } = writerIn(dirOf(document.language))
  const withheld = withheldLine(document)
  return [
    ...(withheld === null ? [] : [paragraph('Normal', withheld)]),
    paragraph('Heading2', t('list.meaning.heading')),
    ...numbersIn(document).map(({ label, meaning }) => paragraph('Small', `${label}: ${meaning}`)),
    paragraph('Small', t('verification.self-described')),
    paragraph('Small', `${t('list.source')}: `, document.url),
  ].join('')
}
