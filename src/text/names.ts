// Names as people type them and as they appear (product.md S-1): nearly everything is accepted as it
// was typed. What hides, breaks or reverses text is refused; what looks odd is only flagged.
import { characterFault } from './name-characters.ts'
import type { CharacterFault } from './name-characters.ts'
import { flagsOf } from './name-flags.ts'
import type { NameFlag } from './name-flags.ts'

export type { NameFlag } from './name-flags.ts'
export type NameFault = CharacterFault | 'required' | 'too-long' | 'link' | 'handle'
export type Checked = { ok: true; value: string } | { ok: false; fault: NameFault }
export type CheckedName =
  { ok: true; value: string; flags: NameFlag[] } | { ok: false; fault: NameFault }

const LONGEST_NAME = 200
// A grapheme may hold any number of code points (Hangul jamo, chains of emoji); a flag has seven,
// an Indic syllable rarely more than six.
const CODE_UNITS_PER_GRAPHEME = 8

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })
const SCHEME = /[a-z][a-z0-9+.-]*:\/\/|\b(?:mailto|javascript|vbscript):\S|\bdata:[a-z]+\//iu
const WWW = /(?<![\p{L}\p{N}])www\d?\./iu

/** Checks a public name: at most 200 graphemes, NFC, trimmed, with at least a letter or number. */
export function checkName(typed: string, as: 'organisation' | 'individual'): CheckedName {
  const line = checkLine(typed, LONGEST_NAME)
  if (!line.ok) return line
  if (!/[\p{L}\p{N}]/u.test(line.value)) return { ok: false, fault: 'required' }
  if (as === 'individual' && /^[@＠]/u.test(line.value)) return { ok: false, fault: 'handle' }
  return { ...line, flags: flagsOf(line.value) }
}

/**
 * Checks an optional or private line (contact person, role, affiliation, acronym): what a name is
 * refused for, without flags; '' is fine. `longest` is in graphemes.
 */
export function checkLine(typed: string, longest: number): Checked {
  // trim() would take a byte order mark for white space and drop it silently.
  const value = (typed.includes('\uFEFF') ? typed : typed.trim()).normalize('NFC')
  const fault = isLongerThan(longest, value) ? 'too-long' : characterFault(value)
  if (fault !== null) return { ok: false, fault }
  const seen = value.normalize('NFKC')
  return SCHEME.test(seen) || WWW.test(seen) ? { ok: false, fault: 'link' } : { ok: true, value }
}

function isLongerThan(longest: number, text: string): boolean {
  if (text.length <= longest) return false
  if (text.length > longest * CODE_UNITS_PER_GRAPHEME) return true
  return [...graphemes.segment(text)].length > longest
}
