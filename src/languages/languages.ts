// The languages of the interface: one catalogue file each, found by looking into the folder, so
// that adding a language is adding a file.

import { readdirSync, readFileSync } from 'node:fs'
import { IntlMessageFormat } from 'intl-messageformat'
import type english from './catalogues/en.json'

export type Direction = 'ltr' | 'rtl'
export type MessageKey = keyof typeof english
export type MessageArguments = Record<string, string | number>
export type Translate = (key: MessageKey, args?: MessageArguments) => string
type Catalogue = Record<string, string>

export interface Language {
  code: string
  /** in the language itself */
  name: string
  dir: Direction
}

const FOLDER = new URL('catalogues/', import.meta.url)
const RIGHT_TO_LEFT = new Set([
  'Adlm',
  'Arab',
  'Aran',
  'Hebr',
  'Mand',
  'Nkoo',
  'Rohg',
  'Syrc',
  'Thaa',
])

/** Asking Intl is slow, and pages ask for every text on them. Tags come from files, so they are few. */
function remembered<T>(find: (language: string) => T): (language: string) => T {
  const known = new Map<string, T>()
  return (language) => {
    const found = known.get(language) ?? find(language)
    known.set(language, found)
    return found
  }
}

/** The direction in which a text of this language (BCP 47) is written. */
export const dirOf = remembered((language): Direction => {
  const script = new Intl.Locale(language).maximize().script ?? 'Latn'
  return RIGHT_TO_LEFT.has(script) ? 'rtl' : 'ltr'
})

/** A language's name in that language, as it stands alone in a list: "Español". */
export const ownNameOf = remembered((language): string => {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
})

/** Numbers are written with Latin digits in every language, so that all pages agree. */
export function withLatinDigits(language: string): string {
  return new Intl.Locale(language, { numberingSystem: 'latn' }).toString()
}

let inEnglish: Catalogue | undefined

/** Whether there are words for something that was made up of parts. */
export function isMessageKey(key: string): key is MessageKey {
  inEnglish ??= readCatalogue('en')
  return Object.hasOwn(inEnglish, key)
}

function readLanguages(): Language[] {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'))
  const codes = files.map((name) => name.slice(0, -'.json'.length))
  const order = new Intl.Collator('en')
  return codes
    .map((code) => ({ code, name: ownNameOf(code), dir: dirOf(code) }))
    .sort((a, b) => order.compare(a.name, b.name))
}

export const languages: readonly Language[] = readLanguages()

export function isLanguage(code: string): boolean {
  return languages.some((language) => language.code === code)
}

/** The messages of one language as they stand in its file. Throws when there is no such file. */
export function readCatalogue(code: string): Catalogue {
  return JSON.parse(readFileSync(new URL(`${code}.json`, FOLDER), 'utf8')) as Catalogue
}

function makeTranslator(code: string): Translate {
  const catalogue = readCatalogue(code)
  const locale = withLatinDigits(code)
  const formats = new Map<string, IntlMessageFormat>()
  return (key, args) => {
    const message = catalogue[key]
    if (message === undefined) throw new Error(`The catalogue "${code}" has no message "${key}"`)
    const format =
      formats.get(key) ?? new IntlMessageFormat(message, locale, {}, { ignoreTag: true })
    formats.set(key, format)
    return String(format.format(args))
  }
}

const translators = new Map<string, Translate>()

/** The words of one language; an unknown key or a missing argument throws. */
export function translator(code: string): Translate {
  const known = translators.get(code) ?? makeTranslator(code)
  translators.set(code, known)
  return known
}
