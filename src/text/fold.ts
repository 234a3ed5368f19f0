// The form in which names and queries are compared when someone searches: what a person may leave
// out or type differently (case, accents, vowel signs, forms of a letter) is folded away. Both the
// stored text and the query go through here.

// Letters that no Unicode decomposition takes apart, and Arabic and Persian forms of one letter.
const ALIKE: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ĸ: 'k',
  ı: 'i',
  ə: 'e',
  ɓ: 'b',
  ɗ: 'd',
  ɖ: 'd',
  ɛ: 'e',
  ƒ: 'f',
  ɣ: 'g',
  ƙ: 'k',
  ɔ: 'o',
  ƴ: 'y',
  ς: 'σ',
  ґ: 'г',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ې: 'ي',
  ک: 'ك',
  ە: 'ه',
  ہ: 'ه',
  ھ: 'ه',
  ة: 'ه',
  '’': "'",
  ʼ: "'",
  ʻ: "'",
}

const ALIKE_LETTERS = new RegExp(`[${Object.keys(ALIKE).join('')}]`, 'gu')

// Vowel signs of Indic scripts are spacing or nonspacing marks that carry the word, so only marks
// that decorate are removed: Latin, Greek, Cyrillic, Hebrew, Arabic and their extensions.
const DECORATION = new RegExp(
  `[${[
    '\\u0300-\\u036F\\u0483-\\u0489\\u0591-\\u05BD\\u05BF\\u05C1\\u05C2\\u05C4\\u05C5\\u05C7',
    '\\u0610-\\u061A\\u0640\\u064B-\\u065F',
    '\\u0670\\u06D6-\\u06ED\\u08D3-\\u08FF\\u1AB0-\\u1AFF\\u1DC0-\\u1DFF\\u20D0-\\u20FF',
    '\\uFE00-\\uFE0F\\uFE20-\\uFE2F',
  ].join('')}]`,
  'gu',
)

/** Folds for search: "Łódź  PLUS" → "lodz plus", "مُؤَسَّسة" → "موسسه", "Straße" → "strasse". */
export function foldForSearch(text: string): string {
  return isPlain.test(text) ? withoutWideSpaces(text.toLowerCase()) : foldAll(text)
}

/** Nothing in it needs to be folded but capitals; most names are so, and there are thousands. */
const isPlain = /^[ -~]*$/

const withoutWideSpaces = (text: string) => text.replaceAll(/\s+/gu, ' ').trim()

function foldAll(text: string): string {
  const folded = text
    .normalize('NFKD')
    .replaceAll(DECORATION, '')
    .replaceAll(/\p{DI}/gu, '')
    .toLowerCase()
    .replaceAll(ALIKE_LETTERS, (letter) => ALIKE[letter] ?? letter)
    .replaceAll(/\p{Nd}/gu, westernDigit)
    .normalize('NFC')
  return withoutWideSpaces(folded)
}

/** "١٢" is found by "12": the digits of a script are ten code points in a row. */
function westernDigit(digit: string): string {
  const point = digit.codePointAt(0) ?? 0
  let zero = point
  while (point - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--
  return String(point - zero)
}
