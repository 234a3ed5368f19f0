// Under which keys names are kept, so that those which may be alike meet and all others do not: however
// many there are, a name is compared with few. A key is a number made from a text: where two texts make
// the same one, names are compared in vain, no more.
import type { NameForms } from './name-forms.ts'

interface Keyed extends Pick<NameForms, 'full' | 'acronyms' | 'initials' | 'isAcronym'> {
  joined: string
  sounds: string
  domain: string | null
}

/** Two may be alike when one is kept under a key under which the other looks. */
export interface Keys {
  kept: number[]
  wanted: number[]
}

export function keysOf(name: Keyed, needsDomain: boolean): Keys {
  const { full, joined, sounds } = name
  const words = full.map((word) => keyOf('word', word))
  // whatever their order
  const all = words.reduce((sum, key) => (sum + key) | 0, 0)
  const both = [all, keyOf('joined', joined)]
  if (sounds.length > 3) both.push(keyOf('sounds', sounds))
  // one word with two slips meets its twin at their own domain only
  const domain = needsDomain || full.length === 1 ? name.domain : null
  if (domain !== null) both.push(keyOf('domain', domain))
  const keys = { kept: [...both], wanted: both }
  addAcronyms(keys, name)
  if (full.length === 1) addLetters(keys, joined)
  else full.forEach((word, at) => addSlip(keys, word, (all - (words[at] ?? 0)) | 0))
  return keys
}

/** An acronym meets the same one, and names that it may stand for; these do not meet each other. */
function addAcronyms({ kept, wanted }: Keys, { acronyms, initials, isAcronym }: Keyed): void {
  for (const each of acronyms) {
    if (each.length < 3) continue
    kept.push(keyOf('acronym', each))
    wanted.push(keyOf('acronym', each))
    if (!isAcronym) continue
    kept.push(keyOf('alone', each))
    wanted.push(keyOf('initials', each))
  }
  for (const each of initials) {
    kept.push(keyOf('initials', each))
    wanted.push(keyOf('alone', each))
  }
}

/** A slip in a name of one word: what is left without one letter is the same. */
function addLetters({ kept, wanted }: Keys, word: string): void {
  if (word.length < 5) return
  for (let at = 0; at < word.length; at += 1) {
    const key = keyOf('letters', word.slice(0, at) + word.slice(at + 1))
    kept.push(key)
    wanted.push(key)
  }
}

/**
 * A slip in one word, the others being the same (see isSlip): its beginning or its end is right, or, of
 * a long word with two slips, the middle, which may have moved by a letter.
 * @param others the key of the other words
 */
function addSlip({ kept, wanted }: Keys, word: string, others: number): void {
  if (word.length < 4 || /\d/.test(word)) return
  const ends = [`${word.slice(0, word.length < 5 ? 1 : 2)}-`, `-${word.slice(-2)}`]
  for (const end of ends) {
    const key = keyOf('slip', end, others)
    kept.push(key)
    wanted.push(key)
  }
  if (word.length < 9) return
  kept.push(keyOf('slip', word.slice(3, 6), others))
  for (const at of [2, 3, 4]) wanted.push(keyOf('slip', word.slice(at, at + 3), others))
}

type Sort =
  'word' | 'joined' | 'sounds' | 'domain' | 'acronym' | 'alone' | 'initials' | 'letters' | 'slip'

/** FNV-1a. */
function keyOf(sort: Sort, text: string, from = 0x811c9dc5): number {
  return mixed(mixed(from | 0, sort), text)
}

function mixed(key: number, text: string): number {
  let mix = key
  for (let at = 0; at < text.length; at += 1) mix = Math.imul(mix ^ text.charCodeAt(at), 0x01000193)
  return mix
}
