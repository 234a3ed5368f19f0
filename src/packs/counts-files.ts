// The numbers of an edition, for programs and for people (product.md R1).
import { numbersIn } from '../documents/about.ts'
import { numbersOf } from '../signatories/files.ts'
import { countWords } from '../letters/words.ts'
import type { PackFile, Packing } from './pack.ts'

export function countsFiles({ edition, language, url, t, format, text }: Packing): PackFile[] {
  const { counts, number, madeAt } = edition
  const { counts: numbers, as_of } = numbersOf(counts)
  const told = { ...numbers, as_of, edition: { number, made_at: madeAt, url } }
  const lines = [
    text.title,
    countWords(counts, { t, format }, number).asOf,
    '',
    ...numbersIn({ counts, language }).map(
      ({ label, n, meaning }) => `${label}: ${format.number(n)}\n  ${meaning}`,
    ),
    '',
    url,
  ]
  return [
    {
      path: `counts-edition-${number}.json`,
      about: t('pack.file.counts-json'),
      content: `${JSON.stringify(told, null, 2)}\n`,
    },
    {
      path: `counts-edition-${number}.txt`,
      about: t('pack.file.counts-txt'),
      content: lines.map((line) => `${line}\n`).join(''),
    },
  ]
}
