// The forms of an organisation's name in which two spellings of it are the same text: letters as
// Latin ones, articles and legal forms left out, abbreviations written out. Only for comparing.
import anyAscii from 'any-ascii'
import { foldForSearch } from './fold.ts'

export interface NameForms {
  /** all words in Latin letters, without punctuation or parenthesised acronym */
  words: string[]
  /** the same without articles and legal forms */
  bare: string[]
  /** the same with abbreviations written out and spellings of one word made one */
  full: string[]
  /** typed, in parentheses, or the whole name */
  acronyms: string[]
  /** the first letters of the words, with and without the small ones */
  initials: string[]
  /** whether the name is nothing but its acronym */
  isAcronym: boolean
  isLatin: boolean
}

const small = new Set(
  (
    'the a an of and for in to who that with on de del la las el los y e o que en por para des du ' +
    'le les l d et pour qui da do dos das der die das und fur von i v na za po s iz al il di lo'
  ).split(' '),
)
const articles = new Set('the a an la las el los le les l der die das il lo o os as al'.split(' '))
const legalForms = new Set(
  (
    'ltd limited inc incorporated llc plc gmbh ev ggmbh asbl vzw cic cio ngo ong ngos npo ' +
    'charity oo roo ano bo go to mbo nko srl sarl'
  ).split(' '),
)
const written: Readonly<Record<string, string>> = {
  intl: 'international',
  int: 'international',
  internatl: 'international',
  natl: 'national',
  nat: 'national',
  org: 'organisation',
  orgs: 'organisations',
  organization: 'organisation',
  organizations: 'organisations',
  assoc: 'association',
  assn: 'association',
  asso: 'association',
  asoc: 'asociacion',
  fdn: 'foundation',
  fndn: 'foundation',
  found: 'foundation',
  ctr: 'centre',
  cent: 'centre',
  center: 'centre',
  centers: 'centres',
  netw: 'network',
  fed: 'federation',
  govt: 'government',
  dept: 'department',
  inst: 'institute',
  univ: 'university',
  comm: 'community',
  dev: 'development',
  soc: 'society',
  coop: 'cooperative',
  grp: 'group',
  st: 'saint',
  eur: 'european',
  labor: 'labour',
  mvmt: 'movement',
}

/** @param acronym as it was typed, null when there is none */
export function formsOf(name: string, acronym: string | null): NameForms {
  const { rest, own } = partsOf(name.normalize('NFC').trim())
  const words = wordsOf(rest)
  const bare = withoutForms(words)
  const full = bare.map((word) => written[word] ?? word)
  const isAcronym = words.length === 1 && isAcronymLike(rest)
  const typed = [acronym ?? '', own, isAcronym ? rest : ''].map((each) => wordsOf(each).join(''))
  return {
    words,
    bare,
    full,
    acronyms: [...new Set(typed.filter((each) => each.length > 1))],
    initials: initialsOf(full),
    isAcronym,
    isLatin: isAscii.test(rest) || /^[\P{L}\p{Script=Latin}]*$/u.test(rest),
  }
}

/** "Harm Reduction Coalition (HRC)" and "HRC – Harm Reduction Coalition" have their acronym apart. */
function partsOf(name: string): { rest: string; own: string } {
  if (!/[)\]）:–—-]/.test(name)) return { rest: name, own: '' }
  const after = /^(.+?)\s*[(（[]([^\s()（）[\]]{2,12})[)）\]]\s*$/u.exec(name)
  if (after) return { rest: after[1] ?? '', own: after[2] ?? '' }
  const before = /^([^\s()]{2,12})\s*(?:\s[-–—]|:)\s+(.{4,})$/u.exec(name)
  const isApart = before !== null && isAcronymLike(before[1] ?? '')
  return isApart ? { rest: before[2] ?? '', own: before[1] ?? '' } : { rest: name, own: '' }
}

/** Capitals and a sign or a digit at most: "INPUD", "GNP+", "I.N.P.U.D.". */
function isAcronymLike(text: string): boolean {
  const letters = text.replaceAll(/[\P{L}]/gu, '')
  return letters.length > 2 && letters.length < 12 && letters === letters.toUpperCase()
    ? letters !== letters.toLowerCase()
    : false
}

const isAscii = /^[ -~]*$/

function wordsOf(text: string): string[] {
  if (text === '') return []
  const folded = foldForSearch(joined(text))
  const latin = isAscii.test(folded) ? folded : anyAscii(folded).toLowerCase()
  const words = latin.replaceAll('&', ' and ').match(/[a-z0-9@+]+/g) ?? []
  return words.map((word) => word.replaceAll(/[@+]/g, '')).filter((word) => word !== '')
}

/** Without the Arabic article, and what stands between the letters of one word ("I.N.P.U.D."). */
function joined(text: string): string {
  const bare = text.includes('ال') ? text.replaceAll(/(?<!\p{L})(?:و)?ال(?=\p{L}{2})/gu, '') : text
  if (!/[.’'ʼ]/.test(bare)) return bare
  return bare.replaceAll(/(?<=\p{L})[.’'ʼ](?=\p{L}(?:[.\s]|$))/gu, '')
}

/** A name made of nothing else keeps its words. */
function withoutForms(words: string[]): string[] {
  const rest = words.filter((word) => !articles.has(word) && !legalForms.has(word))
  const plain = rest.filter((word) => word !== 'and')
  return plain.length > 0 ? plain : words
}

function initialsOf(words: string[]): string[] {
  const long = words.filter((word) => !small.has(word))
  return [words, long]
    .filter((each) => each.length > 2)
    .map((each) => each.map((word) => word[0]).join(''))
}

/**
 * What is left when ways of writing the same sounds in Latin letters are made one: "Nadezhda",
 * "Nadejda" and "Nadeschda" → "ndzd".
 */
export function soundsOf(words: string[]): string {
  return words
    .join('')
    .replaceAll('ij', 'i')
    .replaceAll(/tsch|shch|sch|sh|ch|ts|tz|zh|dj|[cjxzsg]h?/g, 's')
    .replaceAll(/kh|gh|ph|th|[qk]/g, (sound) => ({ ph: 'f', th: 't' })[sound] ?? 'k')
    .replaceAll(/[wb]/g, 'v')
    .replaceAll(/[aeiouyh]/g, '')
    .replaceAll(/(.)\1+/g, '$1')
}
