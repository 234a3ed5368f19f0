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
  const faults: string[] = []
  for (const [language, text] of texts) {
    $('body *').each((_, element) => {
      const own = ownText($, element)
      if (!own.includes(text)) return
      const marked = $(element).closest('[lang]')
      // `<bdi>` alone takes the direction of its text
      const direction = $(element).closest('[dir], bdi').attr('dir') ?? dirOf(language)
      const isRight = marked.attr('lang') === language && direction === dirOf(language)
      if (!isRight)
        faults.push(
          `“${text}” is marked ${marked.attr('lang')} in ${$.html(element).slice(0, 120)}`,
        )
    })
  }
  return faults
}
