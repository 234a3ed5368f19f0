// What the list can be filtered by, each choice with how many entries it would show. Only names that
// are public are counted, so no number tells of anybody hidden (product.md P-11).
import { filterNames as names, type ListedCell } from './listed-store.ts'
import type { ListFilters } from './signatory-store.ts'

export type ChoiceName = (typeof names)[number]

export type Filters = Omit<ListFilters, 'q'>
export const noFilters: Filters = { type: null, country: null, verification: null, language: null }

export interface Choice {
  value: string
  n: number
}

/** How many entries the filters let through. */
export function foundBy(cells: readonly ListedCell[], filters: Filters): number {
  return sumOf(cells.filter((cell) => names.every((name) => passes(cell, filters, name))))
}

/** The choices of one filter while the others stay as they are; also those that would show nothing. */
export function choicesOf(
  cells: readonly ListedCell[],
  filters: Filters,
  name: ChoiceName,
): Choice[] {
  const others = names.filter((other) => other !== name)
  const shown = cells.filter((cell) => others.every((other) => passes(cell, filters, other)))
  const values = new Set<string>(cells.map((cell) => cell[name]))
  return [...values].map((value) => ({
    value,
    n: sumOf(shown.filter((cell) => cell[name] === value)),
  }))
}

function passes(cell: ListedCell, filters: Filters, name: ChoiceName): boolean {
  return filters[name] === null || cell[name] === filters[name]
}

const sumOf = (cells: readonly ListedCell[]) => cells.reduce((sum, { n }) => sum + n, 0)
