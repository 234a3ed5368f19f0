// What makes a coordinator look at a name before it appears. A flag never refuses anything: real
// names mix scripts and look like links (product.md S-1).
import { plainWords, skeleton } from './look-alikes.ts'
import { PROTECTED_ACRONYMS, PROTECTED_OFFICES, PROTECTED_PHRASES } from './protected-names.ts'

export type NameFlag = 'mixed-script' | 'look-alike' | 'protected-name' | 'link-like'

// The alphabets that are mixed to deceive. Japanese mixes three scripts in a word and is no trick.
const ALPHABETS = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
]

// A host in small letters, perhaps with a capital first: not "PUD.UA/VOLNA", "C.A.R.E." or "e.V.".
const HOST =
  /(?<![\p{L}\p{N}.-])\p{L}?[\p{Ll}\p{N}-]+(?:\.[\p{Ll}\p{N}-]+)*\.\p{Ll}{2,}(?![\p{L}\p{N}])/u

/** The flags of a name that was accepted, in NFC. */
export function flagsOf(name: string): NameFlag[] {
  const found: NameFlag[] = []
  if (hasMixedWord(name)) found.push('mixed-script')
  if (isProtected(plainWords(name), plainWords)) found.push('protected-name')
  else if (isProtected(skeleton(name), skeleton)) found.push('protected-name', 'look-alike')
  if (HOST.test(name)) found.push('link-like')
  return found
}

function hasMixedWord(name: string): boolean {
  const words = name.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return words.some((word) => ALPHABETS.filter((alphabet) => alphabet.test(word)).length > 1)
}

type Fold = (text: string) => string
/** Phrases with a space at both ends, so that they are found as whole words. */
type Protected = { whole: Set<string>; first: string[]; within: string[] }

const known = new Map<Fold, Protected>()

/** Acronyms are compared without spaces, so that "W H O" is found and "Who Cares" is not. */
function isProtected(words: string, fold: Fold): boolean {
  const { whole, first, within } = protectedAs(fold)
  const padded = ` ${words} `
  return (
    whole.has(words.replaceAll(' ', '')) ||
    first.some((office) => padded.startsWith(office)) ||
    within.some((phrase) => padded.includes(phrase))
  )
}

function protectedAs(fold: Fold): Protected {
  const made = known.get(fold)
  if (made) return made
  const whole = [...PROTECTED_ACRONYMS, ...PROTECTED_PHRASES]
  const folded = {
    whole: new Set(whole.map((name) => fold(name).replaceAll(' ', ''))),
    first: PROTECTED_OFFICES.map((office) => ` ${fold(office)} `),
    within: PROTECTED_PHRASES.map((phrase) => ` ${fold(phrase)} `),
  }
  known.set(fold, folded)
  return folded
}
