// Finds organisations that may be the same, spelled differently, and says why. Pure; keys choose
// which names are compared at all, so that many thousand take no longer than reading them.
import { distance } from 'fastest-levenshtein'
import { isCountryCode } from './countries.ts'
import { isFreeMailbox } from './email-address.ts'
import { formsOf, type NameForms, soundsOf } from './name-forms.ts'
import { keysOf } from './name-keys.ts'

export interface Named {
  name: string
  acronym: string | null
  country: string
  /** of the mailbox or the website; null when it is not known */
  domain: string | null
}

export type Likeness =
  | 'same-name'
  | 'article'
  | 'transliteration'
  | 'acronym'
  | 'abbreviation'
  | 'word-order'
  | 'spelling'
  | 'domain'

export interface Similar<T extends Named> {
  item: T
  /** 0 to 1 */
  score: number
  why: Likeness[]
}

/** From this score on, two are rather one organisation than two. */
export const likely = 0.6
/** From this score on, somebody may want to look: the same name, but each has its own domain. */
export const possible = 0.45

export interface SimilarNames<T extends Named> {
  add(item: T): void
  /** takes out what was added: the very same object */
  remove(item: T): void
  /** the most alike first */
  similarTo(name: Named): Similar<T>[]
}

/**
 * An index over many names.
 * @param least the score below which nothing is told
 */
export function openSimilarNames<T extends Named>(
  items: readonly T[],
  least: number = likely,
): SimilarNames<T> {
  const byKey = new Map<number, Known<T>[]>()
  // the domain alone tells too little here, and thousands of groups can have their mail at one
  const needsDomain = weights.domain >= least

  function add(item: T): void {
    const known = { item, ...read(item) }
    for (const key of keysOf(known, needsDomain).kept) {
      const bucket = byKey.get(key)
      if (bucket) bucket.push(known)
      else byKey.set(key, [known])
    }
  }

  function remove(item: T): void {
    for (const key of keysOf(read(item), needsDomain).kept) {
      const others = byKey.get(key)?.filter((known) => known.item !== item) ?? []
      if (others.length > 0) byKey.set(key, others)
      else byKey.delete(key)
    }
  }

  function similarTo(name: Named): Similar<T>[] {
    const asked = read(name)
    const near = new Set<Known<T>>()
    for (const key of keysOf(asked, needsDomain).wanted) {
      for (const known of byKey.get(key) ?? []) near.add(known)
    }
    if (near.size === 0) return []
    // its domain is read here, and once
    const wanted = { ...asked }
    const found: Similar<T>[] = []
    for (const known of near) {
      if (known.item === name) continue
      const likeness = compare(wanted, known, least)
      if (likeness) found.push({ item: known.item, ...likeness })
    }
    return found.sort((a, b) => b.score - a.score)
  }

  items.forEach(add)
  return { add, remove, similarTo }
}

/** What is compared of a name, each list of words as one text. */
interface Read extends Pick<NameForms, 'full' | 'acronyms' | 'initials' | 'isAcronym' | 'isLatin'> {
  words: string
  bare: string
  joined: string
  country: string | null
  domain: string | null
  sounds: string
}
interface Known<T> extends Read {
  item: T
}

/** The domain is read when it is asked for: it may have to be decrypted. */
function read(named: Named): Read {
  const { name, acronym, country } = named
  const { words, bare, full, acronyms, initials, isAcronym, isLatin } = formsOf(name, acronym)
  return {
    full,
    acronyms,
    initials,
    isAcronym,
    isLatin,
    words: words.join(''),
    bare: bare.join(''),
    joined: full.join(''),
    country: isCountryCode(country) ? country : null,
    sounds: soundsOf(full),
    get domain() {
      return ownDomainOf(named)
    },
  }
}

function ownDomainOf({ domain }: Named): string | null {
  const own = domain?.toLowerCase().replace(/^www\./, '') ?? ''
  return own === '' || isFreeMailbox(own) ? null : own
}

const weights: Readonly<Record<Likeness, number>> = {
  'same-name': 1,
  article: 0.97,
  abbreviation: 0.93,
  transliteration: 0.9,
  'word-order': 0.85,
  acronym: 0.85,
  spelling: 0.8,
  domain: 0.5,
}

/** Each contradicts: another country, unless the domain is the same; another domain of its own. */
const otherCountry = 0.5
const otherDomain = 0.55

function compare(a: Read, b: Read, least: number): { score: number; why: Likeness[] } | null {
  const isOneDomain = a.domain !== null && a.domain === b.domain
  const isOtherDomain = !isOneDomain && a.domain !== null && b.domain !== null
  const isOtherCountry = a.country !== null && b.country !== null && a.country !== b.country
  const doubt =
    (isOtherDomain ? otherDomain : 1) * (isOtherCountry && !isOneDomain ? otherCountry : 1)
  if (doubt < least) return null
  const ofName = likenessOf(a, b)
  const score = Math.min(1, strengthOf(ofName, a, b) * doubt + (isOneDomain && ofName ? 0.1 : 0))
  const why: Likeness[] = [...(ofName ? [ofName] : []), ...(isOneDomain ? ['domain' as const] : [])]
  const told = Math.max(score, isOneDomain ? weights.domain : 0)
  return why.length > 0 && told >= least ? { score: told, why } : null
}

function strengthOf(likeness: Likeness | null, a: Read, b: Read): number {
  if (likeness === null) return 0
  if (likeness !== 'acronym') return weights[likeness]
  // three letters stand for many; two written-out names that only share an acronym are rarely one
  const shared = sharedAcronym(a, b)?.length ?? 0
  if (!a.isAcronym && !b.isAcronym) return shared > 4 ? 0.65 : 0.5
  return shared > 3 ? weights.acronym : 0.7
}

function likenessOf(a: Read, b: Read): Likeness | null {
  const isOneScript = a.isLatin === b.isLatin
  if (a.words === b.words) return isOneScript ? 'same-name' : 'transliteration'
  if (a.bare === b.bare) return isOneScript ? 'article' : 'transliteration'
  if (a.joined === b.joined) return 'abbreviation'
  if (isReordered(a.full, b.full)) return 'word-order'
  if (isSound(a, b)) return isOneScript ? 'spelling' : 'transliteration'
  if (isSlip(a.full, b.full)) return 'spelling'
  return sharedAcronym(a, b) === null ? null : 'acronym'
}

function isReordered(a: string[], b: string[]): boolean {
  return a.length === b.length && a.toSorted().join('') === b.toSorted().join('')
}

/** Word by word the same sounds: written by ear, or in Latin letters by another custom. */
function isSound(a: Read, b: Read): boolean {
  if (a.full.length !== b.full.length || a.sounds.length < 4 || a.sounds !== b.sounds) return false
  return a.full.every((word, at) => {
    const other = b.full[at] ?? ''
    const isNear = distance(word, other) <= Math.max(word.length, other.length) * 0.4
    return (
      word === other || (isNear && word[0] === other[0] && soundsOf([word]) === soundsOf([other]))
    )
  })
}

/** One word differs by a slip; numbers and short words ("Mali", "Bali") have none. */
function isSlip(a: string[], b: string[]): boolean {
  if (a.length !== b.length) return false
  const at = a.findIndex((word, index) => word !== b[index])
  if (at < 0 || a.some((word, index) => index > at && word !== b[index])) return false
  const [one = '', other = ''] = [a[at], b[at]]
  if (/\d/.test(one + other)) return false
  const shortest = Math.min(one.length, other.length)
  if (shortest < 4) return false
  return isSwapped(one, other) || distance(one, other) <= (shortest < 5 ? 0 : shortest < 9 ? 1 : 2)
}

function isSwapped(one: string, other: string): boolean {
  if (one.length !== other.length) return false
  const at = Array.from(one).findIndex((letter, index) => letter !== other[index])
  const [first = '', second = ''] = one.slice(at, at + 2)
  return one.slice(0, at) + second + first + one.slice(at + 2) === other
}

/** The acronym by which one of them may be called the other. */
function sharedAcronym(a: Read, b: Read): string | null {
  const own = a.acronyms.find((each) => each.length > 2 && b.acronyms.includes(each))
  if (own !== undefined) return own
  const made = (one: Read, other: Read) =>
    one.isAcronym
      ? one.acronyms.find((each) => each.length > 2 && other.initials.includes(each))
      : undefined
  return made(a, b) ?? made(b, a) ?? null
}
