// Texts whose language is not that of the page must say which it is (WCAG 3.1.2).
import type { CheerioAPI } from 'cheerio'
import { dirOf } from '../../../src/languages/languages.ts'
import { ownText } from './own-text.ts'

/** Texts of the fixtures that exist in one language only. */
const texts: [language: string, text: string][] = [
  ['en', 'Nothing measured without us'],
  ['en', 'A joint submission to the call for input'],
  ['en', 'Clinics are counted, people are not'],
  ['en', 'Naloxone within reach: an open letter'],
  ['en', 'Overdose deaths can be prevented'],
  ['en', 'It needs a decision'],
  ['en', 'Meridian Network of People Who Use Drugs'],
  ['en', 'Ministers of Health'],
  ['en', 'Human Rights Monitoring Office'],
  ['ar', 'النالوكسون في متناول اليد'],
  ['ar', 'يمكن منع الوفيات'],
  ['ar', 'أصحاب المعالي'],
]

/** The places where such a text stands unmarked, as sentences. */
export function unmarkedTexts($: CheerioAPI): string[] {
  const elements = $('body *').toArray()
  return elements.flatMap((element) => {
    const own = ownText($, element)
    const found = texts.filter(([, text]) => own.includes(text))
    return found
      .filter(([language]) => !isMarked($, element, language))
      .map(([, text]) => `“${text}” is not marked in ${$.html(element).slice(0, 120)}`)
  })
}

function isMarked(
  $: CheerioAPI,
  element: Parameters<typeof ownText>[1],
  language: string,
): boolean {
  const lang = $(element).closest('[lang]').attr('lang')
  // `<bdi>` alone and `auto` take the direction of the text
  const dir = $(element).closest('[dir], bdi').attr('dir') ?? 'auto'
  return lang === language && (dir === 'auto' || dir === dirOf(language))
}
