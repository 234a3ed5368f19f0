// Ready sentences to cite a list by.
import type { Lang } from '../http/page.ts'
import type { Formats } from '../languages/formats.ts'
import type { Translate } from '../languages/languages.ts'
import type { Counts } from '../signatories/counts.ts'
import { atLeast } from '../text/at-least.ts'

/** A sentence whose title may be in another language than the rest. */
export interface Citation {
  before: string
  title: Lang
  after: string
}

/** stands for the title until the sentence is made */
const titleMark = '\uFFFC'

function around(title: Lang, sentence: string): Citation {
  const [before = '', after = ''] = sentence.split(titleMark)
  return { before, title, after }
}

type Counted = 'organisations' | 'individuals' | 'countries'

/** "300 organisations", or "over 300 organisations": never more than there are. */
export function phraseOf(t: Translate, what: Counted, count: number): string {
  const { n, isExact } = atLeast(count)
  const phrase = t(`count.${what}`, { n })
  return isExact ? phrase : t('citation.over', { phrase })
}

interface Speech {
  language: string
  t: Translate
  format: Formats
}

type Numbers = Pick<Counts, 'organisations' | 'individuals'>

function endorsers({ organisations, individuals }: Numbers, { language }: Speech, say: Say) {
  const phrases = [
    ...(organisations > 0 || individuals === 0 ? [say('organisations', organisations)] : []),
    ...(individuals > 0 ? [say('individuals', individuals)] : []),
  ]
  return new Intl.ListFormat(language).format(phrases)
}
type Say = (what: 'organisations' | 'individuals', n: number) => string

/** "over 300 organisations and 12 individuals": round, so that it stays true while nobody leaves. */
export function whoEndorsed(counts: Numbers, speech: Speech): string {
  return endorsers(counts, speech, (what, n) => phraseOf(speech.t, what, n))
}

/** Of the list as it grows. */
export function citeList(
  about: { title: Lang; counts: Counts; url: string; siteName: string },
  speech: Speech,
): Citation {
  const { title, counts, url, siteName } = about
  const who = whoEndorsed(counts, speech)
  const day = speech.format.day(counts.asOf)
  const words = { title: titleMark, who, day, url, site: siteName }
  return around(title, speech.t('citation.list', words))
}

/** Of an edition: exact, because it is frozen. */
export function citeEdition(
  about: { title: Lang; counts: Counts; url: string; siteName: string; number: number },
  speech: Speech,
): Citation {
  const { title, counts, url, siteName, number } = about
  const who = endorsers(counts, speech, (what, n) => speech.t(`count.${what}`, { n }))
  const day = speech.format.day(counts.asOf)
  const words = { title: titleMark, who, day, url, site: siteName, number }
  return around(title, speech.t('citation.edition', words))
}
