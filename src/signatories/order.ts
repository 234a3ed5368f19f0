// Where an entry stands in the list: organisations, then individuals, each by the collation of the
// page's language, ignoring a leading article (product.md §4); those whom a coordinator has
// put first stand before the others of their type.
import { languages } from '../languages/languages.ts'
import { collationOf, sortKey } from '../text/collation.ts'
import type { EndorserType } from '../endorsements/endorsement.ts'

/** The collations of all interface languages; several languages can share one. */
export const collations = [...new Set(languages.map(({ code }) => collationOf(code)))].sort()

export interface SortKey {
  collation: string
  key: string
}

interface Placed {
  type: EndorserType
  name: string
  /** 1 to 50 */
  first_place?: number | null
}

export function sortKeysOf({ type, name, first_place: place = null }: Placed): SortKey[] {
  const rank = type === 'organisation' ? '0' : '1'
  // "!" sorts before all that the key of a name can begin with
  const first = place === null ? '' : `!${String(place).padStart(2, '0')}`
  return collations.map((collation) => ({
    collation,
    key: rank + first + sortKey(name, collation),
  }))
}

/** Reading the orders out of Node takes a fifth of a second, once: better before anybody waits. */
export function learnOrders(): void {
  for (const collation of collations) sortKey('', collation)
}
