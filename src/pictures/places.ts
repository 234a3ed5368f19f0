// The places of endorsers as pictures show them: only what the page by country tells, too (product.md P-11).
import { typesFor } from '../endorsements/endorsement-form.ts'
import type { CountryRow } from '../signatories/by-country.ts'
import type { Scene } from './scene.ts'

export interface Place extends CountryRow {
  name: string
  /** told by country, and not named */
  notNamed: number
}

/** The most endorsements first, and those with as many in the order of the language. */
export function placesOf({
  numbers,
  format,
  language,
}: Pick<Scene, 'numbers' | 'format' | 'language'>): Place[] {
  const order = new Intl.Collator(language)
  return numbers.rows
    .map((row) => ({
      ...row,
      name: format.country(row.country),
      notNamed: (row.hidden.organisation ?? 0) + (row.hidden.individual ?? 0),
    }))
    .sort((a, b) => b.total - a.total || order.compare(a.name, b.name))
}

/** Hidden ones of whom no country is told. */
export function untoldOf({ numbers, statement }: Scene): number {
  return typesFor(statement).reduce((sum, type) => sum + numbers.untold[type], 0)
}

/** "Kenya (12), France (7)" */
export function listed(places: readonly Place[], { format, language }: Scene): string {
  const words = places.map(({ name, total }) => `${name} (${format.number(total)})`)
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(words)
}
