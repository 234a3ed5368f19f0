// The typed view of demo/endorsers.json: the names, places and titles the demo's cast is drawn from.

import written from '../../demo/endorsers.json' with { type: 'json' }

export type Language = 'en' | 'es' | 'fr' | 'ru' | 'ar'

export interface Place {
  country: string
  language: Language
  style: string
  people: string
  cities: string[]
}
interface Style {
  names: string[]
  /** organisation kind → patterns with {name} and perhaps {city} */
  patterns: Record<string, string[]>
}
/** Given and family names that agree with each other. */
interface People {
  given: string[]
  family: string[]
  order?: string
}
/** A name written out in full, for the shapes no pattern makes. */
export interface Oddity {
  name: string
  country: string
  language: Language
  kind?: string
}
type Lists = Record<Language, string[]>

export const places = written.places as Place[]
export const styles = written.styles as Record<string, Style>
export const people = written.people as Record<string, People[]>
export const contactRoles: Lists = written.contactRoles
export const roles: Lists = written.roles
export const affiliations: Lists = written.affiliations
export const oddOrganisations = written.oddities.organisations as Oddity[]
export const oddIndividuals = written.oddities.individuals as Oddity[]

/** The entry a place refers to; a missing one is a slip in demo/endorsers.json. */
export function entry<T>(record: Record<string, T>, key: string): T {
  const found = record[key]
  if (found === undefined) throw new RangeError(`demo/endorsers.json has no "${key}"`)
  return found
}
