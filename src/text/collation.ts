// Keys that put names in the order of a language with nothing but a comparison of bytes, so that
// SQLite (BINARY) and PostgreSQL (COLLATE "C") page through a list alike and an index serves it.
//
// A key has three parts, as the collator compares: letters, then accents, then capitals. It agrees
// with Intl.Collator except for: names alike in their first 60 characters; pairs of letters outside
// a–z, and of three letters, that a language sorts as one (Hungarian "dzs"); the length mark "ー" in
// Japanese; Danish "a" followed by "å"; the order among decorated forms (full width, circled …) of
// one and the same letter; Han beyond the basic planes and dead scripts, which share a place.
import { readOrder } from './collation-order.ts'
import type { Order, Weight } from './collation-order.ts'

/** A language tag; languages that sort as CLDR's root does (English, French …) share `root`. */
export type Collation = string

// English has no rules of its own, and unlike `und` it never stands for the machine's language.
const ROOT = 'en'
const CHARACTERS_COMPARED = 60
// 64 ASCII characters in ascending order, all above the separator.
const FIRST_DIGIT = 0x30
const SEPARATOR = '.'
// Digits are counted from "0", so the plain shape is one.
const TRAILING_ZEROS = /0+$/

/**
 * Keys can be compared only with keys of the same version: Node's ICU numbers letters anew when it
 * is upgraded. Store it beside the keys, and make them again where it differs.
 */
export const COLLATION_VERSION = `1:${process.versions['icu'] ?? 'none'}`

const alphabets = new Map<Collation, Alphabet>()
const collations = new Map<string, Collation>()
const fingerprints = new Map<string, string>()

/** Which collation sorts a language: `fr` → `root`, `es-MX` → `es`; unknown languages → `root`. */
export function collationOf(language: string): Collation {
  const known = collations.get(language)
  if (known !== undefined) return known
  const collation = findCollation(language)
  collations.set(language, collation)
  return collation
}

/**
 * The key by which a name sorts in a collation, ignoring a leading article (product.md §4).
 * ASCII, about 4 characters for each of the first 60; equal keys mean an equal place in the list.
 */
export function sortKey(name: string, collation: Collation): string {
  const { pairs, partsOf } = alphabetOf(collation)
  let [letters, accents, shapes] = ['', '', '']
  for (const unit of unitsOf(withoutArticle(name), pairs)) {
    const parts = partsOf(unit)
    letters += parts.letters
    accents += parts.accents
    shapes += parts.shapes
  }
  return [letters, accents, shapes.replace(TRAILING_ZEROS, '')].join(SEPARATOR)
}

// English, Spanish, French and Portuguese; Portuguese "o" is left out, a lone "O" is rarely an
// article elsewhere, and so is "d'", which begins surnames. Arabic "ال" stays: it is written
// together with its word, where letters alone do not tell it from a root (الله, التزام), and CLDR's
// Arabic order keeps it too.
const ARTICLE = /^(?:(?:the|an?|el|las?|los|un|une|una|les?|os|as)\s+|l['’]\s*)(?=\S)/iu

/** The name without its leading article: "The Global Network" → "Global Network". */
export function withoutArticle(name: string): string {
  const trimmed = name.trim()
  const rest = trimmed.replace(ARTICLE, '')
  return /[\p{L}\p{N}]/u.test(rest) ? rest : trimmed
}

/** The order of a collation, with what each unit adds to the parts of a key already as text. */
interface Alphabet {
  pairs: Order['pairs']
  partsOf: (unit: string) => Parts
}
type Parts = { letters: string; accents: string; shapes: string }

function alphabetOf(collation: Collation): Alphabet {
  const known = alphabets.get(collation)
  if (known) return known
  const { weigh, pairs } = readOrder(collation === 'root' ? ROOT : collation)
  const made = new Map<string, Parts>()
  const partsOf = (unit: string) => {
    const parts = made.get(unit) ?? spelled(weigh(unit))
    made.set(unit, parts)
    return parts
  }
  alphabets.set(collation, { pairs, partsOf })
  return { pairs, partsOf }
}

function spelled({ letters, accents, shapes }: Weight): Parts {
  return {
    letters: letters.map((value) => digits(value, 3)).join(''),
    accents: accents.map(accentDigits).join(''),
    shapes: shapes.map((value) => digits(value, 1)).join(''),
  }
}

const HANGUL = /[\uAC00-\uD7A3]/u
const VOWEL_BEFORE_CONSONANT = /([\u0E40-\u0E44\u0EC0-\u0EC4])([\u0E01-\u0E2E\u0E81-\u0EAE])/gu

/** Characters, Hangul in jamo, Thai and Lao vowels behind the consonant they are written before. */
function unitsOf(name: string, pairs: ReadonlySet<string>): string[] {
  const text = name.normalize('NFC').replaceAll(VOWEL_BEFORE_CONSONANT, '$2$1')
  const compared = Array.from(text).slice(0, CHARACTERS_COMPARED)
  const characters = HANGUL.test(text) ? compared.flatMap(jamo) : compared
  return pairs.size === 0 ? characters : joinPairs(characters, pairs)
}

function jamo(character: string): string[] {
  return HANGUL.test(character) ? Array.from(character.normalize('NFD')) : [character]
}

function joinPairs(characters: string[], pairs: ReadonlySet<string>): string[] {
  const units: string[] = []
  for (let at = 0; at < characters.length; at++) {
    const pair = (characters[at] ?? '') + (characters[at + 1] ?? '')
    const isPair = pairs.has(pair)
    units.push(isPair ? pair : (characters[at] ?? ''))
    if (isPair) at++
  }
  return units
}

/** One digit for the plain letter; forms before it sort below that, accents and marks above. */
function accentDigits(value: number): string {
  if (value === 0) return '0'
  return value < 0 ? `-${digits(64 + value, 1)}` : `1${digits(value, 2)}`
}

function digits(value: number, width: number): string {
  let text = ''
  for (let shift = 6 * (width - 1); shift >= 0; shift -= 6) {
    text += String.fromCodePoint(FIRST_DIGIT + ((value >> shift) & 63))
  }
  return text
}

function findCollation(language: string): Collation {
  const [supported] = supportedOf(language)
  if (supported === undefined) return 'root'
  if (fingerprint(supported) === fingerprint(ROOT)) return 'root'
  const base = new Intl.Locale(supported).language
  return fingerprint(base) === fingerprint(supported) ? base : supported
}

function supportedOf(language: string): string[] {
  try {
    return Intl.Collator.supportedLocalesOf(language)
  } catch {
    return []
  }
}

/** Tells two orders apart: the living scripts up to Thai, kana, a little Han, and Latin pairs. */
function fingerprint(language: string): string {
  const known = fingerprints.get(language)
  if (known !== undefined) return known
  const made = sampleOfScripts().sort(new Intl.Collator(language).compare).join('')
  fingerprints.set(language, made)
  return made
}

function sampleOfScripts(): string[] {
  const ranges: [number, number][] = [
    [0x20, 0x17ff],
    [0x1e00, 0x20ff],
    [0x3041, 0x30ff],
    [0x4e00, 0x4eff],
  ]
  const characters = ranges.flatMap(([first, last]) =>
    Array.from({ length: last - first + 1 }, (_, offset) => String.fromCodePoint(first + offset)),
  )
  const latin = Array.from('abcdefghijklmnopqrstuvwxyz')
  return [...characters, ...latin.flatMap((first) => latin.map((second) => first + second))]
}
