// Where an entry stands in the list: organisations, then individuals, each by the collation of the
// page's language, ignoring a leading article (product.md §4).
import { languages } from '../languages/languages.ts'
import { collationOf, sortKey } from '../text/collation.ts'
import type { EndorserType } from '../endorsements/endorsement.ts'

/** The collations of all interface languages; several languages can share one. */
export const collations = [...new Set(languages.map(({ code }) => collationOf(code)))].sort()

export interface SortKey {
  collation: string
  key: string
}

export function sortKeysOf({ type, name }: { type: EndorserType; name: string }): SortKey[] {
  const rank = type === 'organisation' ? '0' : '1'
  return collations.map((collation) => ({ collation, key: rank + sortKey(name, collation) }))
}

/** Reading the orders out of Node takes a fifth of a second, once: better before anybody waits. */
export function learnOrders(): void {
  for (const collation of collations) sortKey('', collation)
}
