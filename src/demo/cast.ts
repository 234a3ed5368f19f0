// The cast of `npm run demo`: endorsers that never existed, the same ones for the same seed.
// What is written in demo/endorsers.json is only drawn and combined here.

import anyAscii from 'any-ascii'

import * as lists from './cast-lists.ts'
import type { Language, Oddity, Place } from './cast-lists.ts'

export interface DemoEndorser {
  type: 'organisation' | 'individual'
  name: string
  acronym: string | null
  /** ISO 3166-1 alpha-2; `regional` or `international` (organisations), `undisclosed` (individuals) */
  country: string
  /** unique, in an `.example` domain */
  email: string
  contactName: string | null
  contactRole: string | null
  website: string | null
  organisationKind: string | null
  affiliation: string | null
  role: string | null
  visibility: 'listed' | 'withheld'
  language: Language
  /** when they confirmed */
  minutesBeforeNow: number
}

const CAMPAIGN_MINUTES = 10 * 24 * 60

/** mulberry32: 32 bits of state are plenty for a stage set, and its draws never change with Node. */
function rollDice(seed: number) {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  /** @param lean 1 draws evenly; more prefers the front of the list */
  const pick = <T>(list: readonly T[], lean = 1): T => {
    const drawn = list[Math.floor(next() ** lean * list.length)]
    if (drawn === undefined) throw new RangeError('nothing to draw from')
    return drawn
  }
  const shuffled = <T>(list: readonly T[]): T[] =>
    list
      .map((item) => ({ item, at: next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item)
  return { next, pick, shuffled, chance: (share: number) => next() < share }
}
type Dice = ReturnType<typeof rollDice>

function inventPerson(dice: Dice, place: Place): string {
  const {
    given,
    family,
    order = '{given} {family}',
  } = dice.pick(lists.entry(lists.people, place.people))
  return order.replace('{given}', dice.pick(given)).replace('{family}', dice.pick(family))
}

function inventOrganisation(dice: Dice, place: Place): { name: string; kind: string } {
  const { names, patterns } = lists.entry(lists.styles, place.style)
  const choices = Object.entries(patterns).flatMap(([kind, list]) =>
    list.map((pattern) => ({ kind, pattern })),
  )
  const { kind, pattern } = dice.pick(choices)
  const name = pattern
    .replace('{name}', dice.pick(names))
    .replace('{city}', dice.pick(place.cities))
  return { name, kind }
}

/** The capital initials of a name, where they make a word of 3 to 5 letters. */
function acronymOf(name: string): string | null {
  const initials = name.match(/(?<![\p{L}\p{M}’'.])\p{Lu}/gu) ?? []
  return initials.length >= 3 && initials.length <= 5 ? initials.join('') : null
}

function asciiSlug(name: string): string {
  const words = anyAscii(name).toLowerCase().replaceAll(/['’]/g, '')
  return (
    words
      .replaceAll(/[^a-z0-9]+/g, '-')
      .slice(0, 40)
      .replaceAll(/^-|-$/g, '') || 'endorser'
  )
}

/** Draws until the name is new; a number settles it when the lists are exhausted. */
function drawNew<T extends { name: string }>(taken: Set<string>, draw: () => T): T {
  let drawn = draw()
  for (let tries = 0; tries < 50 && taken.has(drawn.name); tries += 1) drawn = draw()
  if (taken.has(drawn.name)) drawn = { ...drawn, name: `${drawn.name} ${taken.size}` }
  taken.add(drawn.name)
  return drawn
}

function newDomain(taken: Set<string>, name: string): string {
  const slug = asciiSlug(name)
  const domain = taken.has(slug) ? `${slug}-${taken.size}` : slug
  taken.add(domain)
  return `${domain}.example`
}

/** Few sign in the first days, most in the last ones. */
function whenConfirmed(dice: Dice): number {
  return 2 + Math.round(CAMPAIGN_MINUTES * dice.next() ** 2.2)
}

interface Casting {
  dice: Dice
  names: Set<string>
  domains: Set<string>
}

/** Where an oddity's contact person lives: in its country, or where its language is spoken. */
function homeOf(dice: Dice, { country, language }: Oddity): Place {
  const speaking = lists.places.filter((place) => place.language === language)
  return lists.places.find((place) => place.country === country) ?? dice.pick(speaking)
}

function castOrganisation({ dice, names, domains }: Casting, place: Place, oddity?: Oddity) {
  const { name, kind = 'other' } = drawNew(names, () => oddity ?? inventOrganisation(dice, place))
  const { country, language } = oddity ?? place
  const domain = newDomain(domains, name)
  return {
    type: 'organisation',
    name,
    acronym: !oddity && dice.chance(0.5) ? acronymOf(name) : null,
    country,
    email: `${dice.pick(['office', 'info', 'contact', 'hello'])}@${domain}`,
    contactName: inventPerson(dice, oddity ? homeOf(dice, oddity) : place),
    contactRole: dice.chance(0.8) ? dice.pick(lists.contactRoles[language]) : null,
    website: dice.chance(0.6) ? `https://${domain}` : null,
    organisationKind: dice.chance(0.85) ? kind : null,
    affiliation: null,
    role: null,
    visibility: !oddity && dice.chance(0.14) ? 'withheld' : 'listed',
    language,
    minutesBeforeNow: whenConfirmed(dice),
  } satisfies DemoEndorser
}

function castIndividual({ dice, names, domains }: Casting, place: Place, oddity?: Oddity) {
  const { name } = drawNew(names, () => oddity ?? { name: inventPerson(dice, place) })
  const { country, language } = oddity ?? place
  return {
    type: 'individual',
    name,
    acronym: null,
    country: dice.chance(0.06) ? 'undisclosed' : country,
    email: `post@${newDomain(domains, name)}`,
    contactName: null,
    contactRole: null,
    website: null,
    organisationKind: null,
    affiliation: dice.chance(0.35) ? dice.pick(lists.affiliations[language]) : null,
    role: dice.chance(0.6) ? dice.pick(lists.roles[language]) : null,
    visibility: !oddity && dice.chance(0.14) ? 'withheld' : 'listed',
    language,
    minutesBeforeNow: whenConfirmed(dice),
  } satisfies DemoEndorser
}

/**
 * Exactly `howMany` fictional endorsers, the earliest confirmation first: about three quarters
 * organisations, one in eight withheld, more than 40 countries in 300.
 */
export function demoEndorsers(howMany: number, seed: number): DemoEndorser[] {
  const dice = rollDice(seed)
  const casting: Casting = { dice, names: new Set(), domains: new Set() }
  const route = dice.shuffled(lists.places)
  const oddOrganisations = dice.shuffled(lists.oddOrganisations)
  const oddIndividuals = dice.shuffled(lists.oddIndividuals)
  return Array.from({ length: howMany }, (_, index): DemoEndorser => {
    // Every place once, then the first ones more often: real campaigns have strongholds.
    const place = route[index] ?? dice.pick(route, 1.6)
    const odd = dice.chance(0.16)
    return dice.chance(0.75)
      ? castOrganisation(casting, place, odd ? oddOrganisations.pop() : undefined)
      : castIndividual(casting, place, odd ? oddIndividuals.pop() : undefined)
  }).sort((a, b) => b.minutesBeforeNow - a.minutesBeforeNow)
}
