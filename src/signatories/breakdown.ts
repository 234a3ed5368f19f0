// Which numbers of hidden endorsers may be told by country (product.md P-11). Pure: numbers in,
// numbers out. docs/adr/0010 says why it is done once, and why by these rules.
import type { EndorserType } from '../endorsements/endorsement.ts'

/** How many endorsers of one type in one place: a country, or regional, international, undisclosed. */
export interface PlaceCell {
  type: EndorserType
  country: string
  n: number
}

export const endorserTypes = ['organisation', 'individual'] as const satisfies EndorserType[]

/** Fewer than this are never told. */
export const fewestTold = 5

/** On average, what is not told must leave this much room in every place that could hold it. */
const mostInAPlace = 2

/** What the form offers besides countries. They do not count as countries. */
const otherPlaces = { organisation: 2, individual: 1 } as const

/**
 * The cells of hidden endorsers that may be told.
 * @param hidden those whose name was never public
 * @param countries how many countries the statement is endorsed from, as everyone is told
 */
export function tellable(hidden: readonly PlaceCell[], countries: number): PlaceCell[] {
  return endorserTypes.flatMap((type) => {
    const cells = hidden.filter((cell) => cell.type === type && cell.n > 0)
    const told = withoutSmallRest(cells)
    return isRoomy(type, told, sum(cells) - sum(told), countries) ? told : []
  })
}

/** A rest of 1–4 would be told by subtracting: then the smallest number that is told goes, too. */
function withoutSmallRest(cells: readonly PlaceCell[]): PlaceCell[] {
  const told = cells.filter(({ n }) => n >= fewestTold).sort(bySize)
  const rest = sum(cells) - sum(told)
  return rest > 0 && rest < fewestTold ? told.slice(0, -1) : told
}

/**
 * Every place that is not told has at most four. Where eight are known to be in two places, that says
 * four each: so nothing is told where the rest fills the places that could hold it by more than half.
 */
function isRoomy(
  type: EndorserType,
  told: readonly PlaceCell[],
  rest: number,
  countries: number,
): boolean {
  const places = countries + otherPlaces[type] - told.length
  return rest <= mostInAPlace * places
}

function bySize(a: PlaceCell, b: PlaceCell): number {
  return b.n - a.n || (a.country < b.country ? -1 : 1)
}

export function sum(cells: readonly PlaceCell[]): number {
  return cells.reduce((total, { n }) => total + n, 0)
}
