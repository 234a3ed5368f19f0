// The order of one language, taken out of its Intl.Collator once and turned into numbers, so that
// databases which know nothing of languages can sort by it. See collation.ts for the keys.

type Compare = (a: string, b: string) => number

/**
 * What one unit (a character, or a pair such as Czech "ch") weighs, by level of comparison.
 * Accents: 0 for the plain letter, negative for forms before it, FIRST_MARK and more for marks.
 */
export type Weight = { letters: number[]; accents: number[]; shapes: number[] }

export type Order = { weigh: (unit: string) => Weight; pairs: ReadonlySet<string> }

// In CLDR's root collation U+FFFF is greater than every letter: what sorts before "x\uFFFF" and
// not before "x" begins with the letter x.
const HIGHEST = '\uFFFF'
const LONGEST_SPELLING = 18
const FIRST_MARK = 64

/** Reads the order of a language's collator; takes some 40 ms, so keep what it returns. */
export function readOrder(language: string): Order {
  const full = new Intl.Collator(language).compare
  const base = new Intl.Collator(language, { sensitivity: 'base' }).compare
  const accent = new Intl.Collator(language, { sensitivity: 'accent' }).compare
  const pairs = pairsSortedAsOneLetter(base)
  const sorted = [...charactersInRootOrder(), ...pairs].sort(full)
  const letters = lettersOf(sorted, base, accent)
  const marks = marksOf(sorted, base, accent)
  const weights = new Map<string, Weight>()
  const weigh = (unit: string): Weight => {
    const known = weights.get(unit)
    if (known) return known
    const weight = weighUnit(unit, letters, marks, { full, base, accent })
    weights.set(unit, weight)
    return weight
  }
  return { weigh, pairs: inAllCases(pairs) }
}

// All living scripts. Cuneiform, hieroglyphs, Tangut and the rare Han beyond are left out to halve
// the time; they get the place of the nearest character before them.
const RANGES: [number, number][] = [
  [0x20, 0xabff],
  [0xd7b0, 0x11fff],
  [0x1d000, 0x1ffff],
]

let rootOrder: string[] | undefined

/** Every language keeps most of the root's order, and what is nearly sorted is soon sorted. */
function charactersInRootOrder(): string[] {
  return (rootOrder ??= sortableCharacters().sort(new Intl.Collator('en').compare))
}

/** Assigned characters; Hangul syllables are left to the jamo they consist of. */
function sortableCharacters(): string[] {
  const found: string[] = []
  for (const [first, last] of RANGES) {
    for (let point = first; point <= last; point++) {
      const character = String.fromCodePoint(point)
      if (/[^\p{Cn}\p{Co}\p{Cs}\p{Cc}]/u.test(character)) found.push(character)
    }
  }
  return found
}

/** Latin pairs that a language sorts as a letter of their own: Czech "ch", Danish "aa" … */
function pairsSortedAsOneLetter(base: Compare): string[] {
  const latin = Array.from('abcdefghijklmnopqrstuvwxyz')
  return latin.flatMap((first) =>
    latin
      .map((second) => first + second)
      .filter((pair) => base(first + HIGHEST, pair) < 0 || base(pair, first) < 0),
  )
}

function inAllCases(pairs: string[]): Set<string> {
  const cased = pairs.flatMap((pair) => {
    const [first = '', second = ''] = pair
    return [pair, pair.toUpperCase(), first.toUpperCase() + second, first + second.toUpperCase()]
  })
  return new Set(cased)
}

type Letters = { plain: string[]; variants: string[][] }

/** The units that are letters (or signs) of their own, in order, with what differs by accent only. */
function lettersOf(sorted: string[], base: Compare, accent: Compare): Letters {
  const letters: Letters = { plain: [], variants: [] }
  let last = ''
  for (const unit of sorted) {
    const isVariant = base(unit, last) === 0
    if (isVariant && accent(unit, letters.variants.at(-1)?.at(-1) ?? '') > 0) {
      letters.variants.at(-1)?.push(unit)
    }
    const isSpelledWithLast = last !== '' && base(last + HIGHEST, unit) > 0
    if (isVariant || isSpelledWithLast) continue
    last = unit
    letters.plain.push(plainForm(unit, base))
    letters.variants.push([unit])
  }
  return letters
}

/** Chinese "ē" and Arabic "أ" come before the plain "e" and "ا" that the other forms build on. */
function plainForm(unit: string, base: Compare): string {
  const bare = unit.normalize('NFD').replaceAll(/\p{M}/gu, '')
  return bare === unit || base(bare, unit) === 0 ? bare : unit
}

function marksOf(sorted: string[], base: Compare, accent: Compare): string[] {
  const marks: string[] = []
  for (const unit of sorted) {
    // what weighs nothing as a letter sorts before all that does
    if (base(unit, '') !== 0) break
    if (accent(unit, marks.at(-1) ?? '') !== 0) marks.push(unit)
  }
  return marks
}

type Comparers = { full: Compare; base: Compare; accent: Compare }

function weighUnit(unit: string, letters: Letters, marks: string[], by: Comparers): Weight {
  const spelled = spell(unit, '', letters.plain, by.base)
  const plain = spelled.map((index) => letters.plain[index] ?? '').join('')
  const found = spell(unit, plain, marks, by.accent)
  const marked = plain + found.map((index) => marks[index] ?? '').join('')
  const variants = spelled.length === 1 ? letters.variants[spelled[0] ?? -1] : undefined
  const place = variants ? placeAmong(variants, plain, unit, by.accent) : 0
  const isOwnForm = place < 0 || found[0] === marks.length - 1
  return {
    letters: spelled,
    accents: isOwnForm
      ? [place]
      : [...spelled.map(() => 0), ...found.map((index) => FIRST_MARK + index)],
    shapes: spelled.map(() => shapeOf(unit, isOwnForm ? unit.toLowerCase() : marked, by.full)),
  }
}

/** How many accented forms of a letter lie between it and the unit; negative before the letter. */
function placeAmong(variants: string[], plain: string, unit: string, accent: Compare): number {
  const before = (limit: string) => variants.filter((form) => accent(form, limit) < 0).length
  return Math.min(before(unit) - before(plain), FIRST_MARK - 1)
}

/** 0 the plain letter, 1 between small and capital (circled …), 2 capital, 3 and 4 ligatures. */
function shapeOf(unit: string, plain: string, full: Compare): number {
  if (full(unit, plain) === 0) return 0
  const capital = plain.toUpperCase()
  if (full(capital, plain) === 0) return 1
  const side = 2 + Math.sign(full(unit, capital))
  return side === 3 && unit !== unit.toLowerCase() ? 4 : side
}

/**
 * Spells a unit with an alphabet as the collator sees it: "æ" is "a", "e". Returns positions in the
 * alphabet; where nothing is equal, the nearest spelling that sorts before.
 */
function spell(unit: string, start: string, alphabet: string[], compare: Compare): number[] {
  const spelling: number[] = []
  let soFar = start
  while (spelling.length < LONGEST_SPELLING && compare(soFar, unit) < 0) {
    const index = lastNotAfter(unit, soFar, alphabet, compare)
    if (index < 0) break
    spelling.push(index)
    if (index === alphabet.length - 1) break
    soFar += alphabet[index] ?? ''
  }
  return spelling
}

function lastNotAfter(unit: string, soFar: string, alphabet: string[], compare: Compare): number {
  let low = 0
  let high = alphabet.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(soFar + (alphabet[middle] ?? ''), unit) <= 0) low = middle + 1
    else high = middle
  }
  return low - 1
}
