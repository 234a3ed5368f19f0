// The filters of the list as a form shows them: each choice in words, with its number of entries where that
// is known.
import type { Formats } from '../languages/formats.ts'
import type { Translate } from '../languages/languages.ts'
import { choicesOf } from './choices.ts'
import { filterNames, type ListedCell } from './listed-store.ts'
import type { ListFilters } from './signatory-store.ts'

interface Speech {
  order: (a: string, b: string) => number
  format: Formats
  t: Translate
}

/** One select each, in this order. */
export function filterViews(
  { cells, areCounted }: { cells: readonly ListedCell[]; areCounted: boolean },
  filters: ListFilters,
  { order, format, t }: Speech,
) {
  const words = {
    type: (value: string) => t(`type.${value as 'organisation'}s`),
    country: (value: string) => format.country(value),
    verification: (value: string) => t(`verification.${value as 'email'}`),
    language: (value: string) => format.language(value),
  }
  return filterNames.map((name) => ({
    name,
    choices: choicesOf(cells, filters, name)
      .map(({ value, n }) => ({ value, text: words[name](value), n: areCounted ? n : null }))
      .map((choice) => ({ ...choice, isChosen: choice.value === filters[name] }))
      .sort((a, b) => order(a.text, b.text)),
  }))
}
