// Names that are not signed with by just anybody: a sign-on that uses one, or imitates it, is held for
// a coordinator, never refused (issue: UTS 39 skeletons). Pure; the site's own list of bodies and
// offices is in text/protected-names.ts and applies as well.
import { strictSkeleton } from '../text/look-alikes.ts'

export interface Entry {
  name: string
  acronym: string | null
}

/** @param names of the whole site and of the statement */
export function isProtectedName(entry: Entry, names: readonly string[]): boolean {
  return names.some((name) => isUsed(name, entry))
}

function isUsed(protectedName: string, { name, acronym }: Entry): boolean {
  const wanted = strictSkeleton(protectedName)
  if (wanted === '') return false
  const typed = [name, ...(acronym === null ? [] : [acronym])].map(strictSkeleton)
  const isWhole = typed.some((each) => joined(each) === joined(wanted))
  return isWhole || ` ${isShort(wanted) ? inCapitals(name) : typed[0]} `.includes(` ${wanted} `)
}

/** "W.H.O." is "WHO". */
const joined = (words: string): string => words.replaceAll(' ', '')

/** As a part of a name, "WHO" is looked for among words in capitals only: "People who use drugs". */
const isShort = (words: string): boolean => !words.includes(' ') && words.length <= 5

function inCapitals(name: string): string {
  if (name === name.toUpperCase()) return ''
  const words = name.split(/[^\p{L}\p{M}\p{N}]+/u)
  return words
    .filter((word) => word === word.toUpperCase())
    .map(strictSkeleton)
    .join(' ')
}
