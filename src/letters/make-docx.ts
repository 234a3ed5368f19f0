// The letter as a text document: the same words, in the same order, as views/pdf/letter.typ sets them.
import { wordFile } from '../documents/word.ts'
import { type Writer, writerIn } from '../documents/word-writer.ts'
import { dirOf } from '../languages/languages.ts'
import type { Entry } from '../signatories/files.ts'
import { rowOf } from '../signatories/rows.ts'
import { entryOf } from './entries.ts'
import type { NamesWanted } from './make-pdf.ts'
import { proseOf } from './prose.ts'
import { proseXml } from './prose-word.ts'
import { addresseeOf, convenorOf, countWords, notesOf, speechFor, type Speech } from './words.ts'

/** `rows` may be of any length: it is read as the file is written, once. */
export type LetterWanted = Pick<NamesWanted, 'statement' | 'text' | 'fallback' | 'counts'> & {
  edition: NonNullable<NamesWanted['edition']>
  rows: AsyncIterable<Entry[]>
}

export function letterDocx(wanted: LetterWanted): AsyncGenerator<Uint8Array> {
  const { text, fallback, counts } = wanted
  const dir = dirOf(text.language)
  const write = writerIn(dir)
  return wordFile({
    title: text.title,
    language: text.language,
    dir,
    at: counts.asOf,
    lists: write.lists,
    body: bodyOf(wanted, speechFor(text, fallback), write),
  })
}

async function* bodyOf(wanted: LetterWanted, speech: Speech, write: Writer) {
  const { counts, edition } = wanted
  const { t } = speech
  yield headOf(wanted, speech, write)
  yield proseXml(proseOf(speech.text.body), { write, isPlain: false })
  const told = countWords(counts, speech, edition.number)
  yield [
    write.paragraph('Heading1', t('list.heading')),
    write.paragraph('Lead', told.counts.join(' · ')),
    write.paragraph('Small', told.asOf),
  ].join('')
  yield* namesOf(wanted, speech, write)
  yield endOf(wanted, speech, write)
}

function headOf({ statement }: LetterWanted, { text, t, format }: Speech, write: Writer): string {
  const { convenors, addressees, dated, kind } = statement
  const { paragraph } = write
  return [
    ...convenors.map((convenor) => {
      const { leads, role, name } = convenorOf(convenor, t)
      return leads ? paragraph('Lead', name) : paragraph('Small', `${role}: `, name)
    }),
    ...(dated === null ? [] : [paragraph('Apart', format.preciseDate(dated))]),
    ...(addressees.length === 0 ? [] : [paragraph('Apart', t('statement.to'))]),
    ...addressees.map((each) => paragraph('Normal', addresseeOf(each, format).join('\n'))),
    paragraph('Apart', t(`kind.${kind}`)),
    paragraph('Title', { text: text.title, lang: text.language }),
  ].join('')
}

async function* namesOf({ rows }: LetterWanted, speech: Speech, write: Writer) {
  const { language, t, format } = speech
  const setting = { language, t, grouping: 'alphabet', isDetailed: false } as const
  let type: Entry['type'] | null = null
  for await (const part of rows) {
    let xml = ''
    for (const entry of part) {
      if (entry.type !== type) {
        if (type !== null) xml += write.endSection(2)
        const heading = write.paragraph('Heading2', t(`count.label.${entry.type}s`))
        xml += write.endSection(1, heading)
      }
      type = entry.type
      xml += entryXml(entryOf(rowOf(entry, format), setting), write)
    }
    yield xml
  }
  if (type !== null) yield write.endSection(2)
}

function entryXml(entry: ReturnType<typeof entryOf>, { paragraph }: Writer): string {
  const { name, comma, place, described, note } = entry
  const where = place === null ? [] : [comma, place]
  return (
    paragraph('Entry', name.text, ...where) +
    described.map(({ text }) => paragraph('Small', text)).join('') +
    (note === null ? '' : paragraph('Small', note))
  )
}

function endOf(wanted: LetterWanted, speech: Speech, { paragraph }: Writer): string {
  const { statement, counts, edition } = wanted
  const { t } = speech
  const hasPeople = counts.individuals > 0
  return [
    ...(counts.withheld === 0
      ? []
      : [paragraph('Normal', t('list.withheld', { n: counts.withheld }))]),
    ...(hasPeople ? [paragraph('Small', t('verification.self-described'))] : []),
    ...notesOf(statement, [], speech).map((note) => paragraph('Small', note)),
    paragraph('Small', `${t('list.source')}: `, edition.url),
  ].join('')
}
