// Characters that have no place in any text shown to people: they hide, break or reverse it.

const unsafe = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu
const bidi = /[\u202A-\u202E\u2066-\u2069]/

/** What a line of text may hold beyond letters: nothing, or the tab and line end of a longer text. */
export type Allowed = 'one line' | 'many lines'

export interface UnsafeCharacter {
  /** in UTF-16 units, from the start of the text */
  index: number
  /** `U+202E, which turns the direction of the text` */
  description: string
}

export function findUnsafeCharacters(text: string, allowed: Allowed): UnsafeCharacter[] {
  const spared = allowed === 'many lines' ? '\t\n' : ''
  return [...text.matchAll(unsafe)]
    .filter(([character]) => !spared.includes(character))
    .map((match) => ({ index: match.index, description: describe(match[0]) }))
}

function describe(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return bidi.test(character)
    ? `U+${code}, which turns the direction of the text`
    : `U+${code}, a control character`
}
