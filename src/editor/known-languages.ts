// The languages that a statement can be written in: every one with a name, those of the site first.
import { isLanguage, languages, ownNameOf } from '../languages/languages.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz'.split('')
const lists = new Map<string, { code: string; name: string }[]>()

/** Their names in the language of the page, the site's own by their own names. */
export function knownLanguages(language: string): { code: string; name: string }[] {
  const made = lists.get(language) ?? listIn(language)
  lists.set(language, made)
  return made
}

function listIn(language: string): { code: string; name: string }[] {
  const names = new Intl.DisplayNames([language], { type: 'language', fallback: 'none' })
  const { compare } = new Intl.Collator(language)
  const codes = letters.flatMap((first) => letters.map((second) => first + second))
  const others = codes
    .filter((code) => !isLanguage(code) && new Intl.Locale(code).language === code)
    .flatMap((code) => {
      const name = names.of(code)
      return name === undefined ? [] : [{ code, name }]
    })
  const own = languages.map(({ code }) => ({ code, name: ownNameOf(code) }))
  return [...own, ...others.toSorted((a, b) => compare(a.name, b.name))]
}
