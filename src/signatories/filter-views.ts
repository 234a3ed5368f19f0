// The filters of the list as a form shows them: each choice in words, with its number of entries.
import type { Formats } from '../languages/formats.ts'
import type { Translate } from '../languages/languages.ts'
import { type ChoiceName, choicesOf } from './choices.ts'
import type { ListedCell, ListFilters } from './signatory-store.ts'

interface Speech {
  order: (a: string, b: string) => number
  format: Formats
  t: Translate
}

/** One select each, in this order. */
const names = ['type', 'country', 'verification', 'language'] as const satisfies ChoiceName[]

export function filterViews(
  cells: readonly ListedCell[],
  filters: ListFilters,
  { order, format, t }: Speech,
) {
  const words = {
    type: (value: string) => t(`type.${value as 'organisation'}s`),
    country: (value: string) => format.country(value),
    verification: (value: string) => t(`verification.${value as 'email'}`),
    language: (value: string) => format.language(value),
  }
  return names.map((name) => ({
    name,
    choices: choicesOf(cells, filters, name)
      .map(({ value, n }) => ({ value, text: words[name](value), n }))
      .map((choice) => ({ ...choice, isChosen: choice.value === filters[name] }))
      .sort((a, b) => order(a.text, b.text)),
  }))
}
