// What goes on top of the letter, one for each addressee: who sends it, how many stand behind it, and
// where it can be checked. As a text document, to be changed, and as plain text, for a mail.
import { wordFile } from '../documents/word.ts'
import { writerIn } from '../documents/word-writer.ts'
import { citeEdition } from '../editions/citation.ts'
import { dirOf } from '../languages/languages.ts'
import { addresseeOf, convenorOf, countWords } from '../letters/words.ts'
import type { Addressee } from '../statements/statement.ts'
import { inLanguage } from '../statements/stored-statement.ts'
import type { PackFile, Packing } from './pack.ts'

interface CoverLetter {
  from: string[]
  date: string
  /** the lines of the address; [] when nobody is addressed */
  to: string[]
  subject: string
  paragraphs: string[]
}

/** One without an address where the statement has no addressee. */
export function coverLetters(packing: Packing): PackFile[] {
  const { addressees } = packing.statement
  const all = addressees.length === 0 ? [null] : addressees
  return all.flatMap((addressee, index) => filesOf(packing, addressee, index + 1))
}

function filesOf(packing: Packing, addressee: Addressee | null, n: number): PackFile[] {
  const { t, language, name } = packing
  const letter = letterTo(packing, addressee)
  const path = `cover-letters/cover-letter-${n}-${name}.${language}`
  const [who = t('pack.cover.anybody')] = letter.to
  return [
    {
      path: `${path}.docx`,
      about: t('pack.file.cover', { who }),
      content: docxOf(letter, packing),
    },
    { path: `${path}.txt`, about: t('pack.file.text'), content: textOf(letter) },
  ]
}

function letterTo(packing: Packing, addressee: Addressee | null): CoverLetter {
  const { statement, edition, text, language, t, format, siteName, url, verifyUrl } = packing
  const { number, madeAt, counts } = edition
  const told = countWords(counts, { t, format }, number)
  const languages = statement.versions.map((version) => format.language(version.language))
  const about = { title: inLanguage(text.title, text.language), counts, url, siteName, number }
  const { before, title, after } = citeEdition(about, { language, t, format })
  const { withheld } = counts
  return {
    from: statement.convenors.map((convenor) => {
      const { leads, role, name } = convenorOf(convenor, t)
      return leads ? name : `${role}: ${name}`
    }),
    date: format.day(madeAt),
    to: addressee === null ? [] : addresseeOf(addressee, format),
    subject: text.title,
    paragraphs: [
      t('pack.cover.sent', { title: text.title }),
      `${told.counts.join(' · ')}. ${told.asOf}.`,
      ...(withheld === 0 ? [] : [`${t('count.withheld', { n: withheld })}.`]),
      t('pack.cover.enclosed', { languages: new Intl.ListFormat(language).format(languages) }),
      t('pack.cover.kept', { number, url, verify: verifyUrl }),
      `${t('citation.heading')}: ${before}${title.text}${after}`,
    ],
  }
}

function docxOf(letter: CoverLetter, { language, edition }: Packing) {
  const dir = dirOf(language)
  const write = writerIn(dir)
  async function* body() {
    const { paragraph } = write
    yield [
      ...letter.from.map((line, index) => paragraph(index === 0 ? 'Lead' : 'Small', line)),
      paragraph('Apart', letter.date),
      ...(letter.to.length === 0 ? [] : [paragraph('Apart', letter.to.join('\n'))]),
      paragraph('Heading1', letter.subject),
      ...letter.paragraphs.map((words) => paragraph('Normal', words)),
      paragraph('Apart', letter.from.join('\n')),
    ].join('')
  }
  return wordFile({ title: letter.subject, language, dir, at: edition.madeAt, body: body() })
}

function textOf({ from, date, to, subject, paragraphs }: CoverLetter): string {
  const blocks = [from, [date], to, [subject], ...paragraphs.map((words) => [words]), from]
  const filled = blocks.filter((lines) => lines.length > 0)
  return `${filled.map((lines) => lines.join('\n')).join('\n\n')}\n`
}
