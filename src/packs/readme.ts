// README.txt: what is what in a pack, and how to check it.
import { countWords } from '../letters/words.ts'
import type { PackFile, Packing } from './pack.ts'

/** @param notes what there is to know besides, a paragraph each */
export function readme(
  packing: Packing,
  files: readonly PackFile[],
  notes: readonly string[],
): PackFile {
  const { edition, text, t, format, url } = packing
  const { number, counts } = edition
  const told = countWords(counts, { t, format }, number)
  const blocks = [
    text.title,
    `${told.asOf}\n${told.counts.join(' · ')}`,
    ...(counts.withheld === 0 ? [] : [t('count.withheld', { n: counts.withheld })]),
    t('pack.readme.about', { number, url }),
    ...notes,
    titled(t('pack.readme.files'), files.flatMap(lineOf)),
    titled(t('pack.readme.check'), checksIn(packing, files)),
    t('pack.readme.later'),
  ]
  return { path: 'README.txt', about: null, content: `${blocks.join('\n\n')}\n` }
}

const titled = (heading: string, lines: readonly string[]) => [heading, '', ...lines].join('\n')

const lineOf = ({ path, about }: PackFile) => (about === null ? [] : [path, `  ${about}`])

function checksIn({ t, verifyUrl, keyUrl }: Packing, files: readonly PackFile[]): string[] {
  const hasList = files.some(({ path }) => path.endsWith('.csv'))
  return [
    t('pack.readme.sums'),
    '  sha256sum -c SHA256SUMS',
    t('pack.readme.signature', { key: keyUrl }),
    '  openssl pkeyutl -verify -pubin -inkey undersigned-key.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig',
    ...(hasList ? [t('pack.readme.verify', { verify: verifyUrl })] : []),
  ]
}
