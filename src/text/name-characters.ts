// Which characters a name may hold. Invisible ones are refused except where a script needs them:
// joiners inside Persian, Indic or Sinhala words, variation selectors on emoji and Han.

export type CharacterFault = 'control' | 'invisible' | 'direction' | 'marks' | 'unpaired'

const MOST_MARKS_ON_A_BASE = 8
const DIRECTION = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u
// Control characters, line separators, private use, and code points that mean nothing (yet).
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/u
const INVISIBLE = /[\p{DI}\uFFF9-\uFFFC]/u
const TOO_MANY_MARKS = new RegExp(`\\p{M}{${MOST_MARKS_ON_A_BASE + 1},}`, 'u')

const JOINING = [
  ['Arabic', 'Syriac', 'Mandaic', 'Nko', 'Adlam', 'Hanifi_Rohingya', 'Mongolian', 'Phags_Pa'],
  ['Devanagari', 'Bengali', 'Gurmukhi', 'Gujarati', 'Oriya', 'Tamil', 'Telugu', 'Kannada'],
  ['Malayalam', 'Sinhala', 'Khmer', 'Myanmar', 'Tibetan', 'Balinese', 'Javanese'],
]
  .flat()
  .map((script) => `\\p{Script=${script}}`)
const joining = `[${JOINING.join('')}]`

const NEEDED = new RegExp(
  [
    `(?<=${joining}\\p{M}*)[\\u200C\\u200D](?=${joining})`,
    // Bengali, Malayalam and Sinhala half forms may end a word.
    '(?<=[\\u09CD\\u0D4D\\u0DCA])\\u200D',
    '(?<=\\p{ExtPict}[\\uFE0F\\u{1F3FB}-\\u{1F3FF}]?)\\u200D(?=\\p{ExtPict})',
    '(?<=\\p{ExtPict})[\\uFE0E\\uFE0F]',
    '(?<=[0-9#*])\\uFE0F(?=\\u20E3)',
    '(?<=\\p{Script=Han})[\\uFE00-\\uFE02\\u{E0100}-\\u{E01EF}]',
    '(?<=\\p{Script=Mongolian})[\\u180B-\\u180D\\u180F]',
    // The flags of England, Scotland and Wales: "gb" and three letters, written in tags.
    '(?<=\\u{1F3F4})\\u{E0067}\\u{E0062}[\\u{E0061}-\\u{E007A}]{3}\\u{E007F}',
  ].join('|'),
  'gu',
)

/** The first reason to refuse a text for its characters, or null (product.md S-1). */
export function characterFault(text: string): CharacterFault | null {
  // what could not be decoded arrives as a replacement character
  if (!text.isWellFormed() || text.includes('\uFFFD')) return 'unpaired'
  if (CONTROL.test(text)) return 'control'
  if (DIRECTION.test(text)) return 'direction'
  const rest = text.replaceAll(NEEDED, '')
  if (INVISIBLE.test(rest)) return 'invisible'
  return TOO_MANY_MARKS.test(rest.normalize('NFD')) ? 'marks' : null
}
