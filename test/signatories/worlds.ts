// Everything that could be true, for somebody who knows the rules, the list, the totals by type, the
// number of countries and every breakdown: the statistician of docs/threat-model.md.
import type { EndorserType } from '../../src/endorsements/endorsement.ts'
import type { PlaceCell } from '../../src/signatories/breakdown.ts'
import { isCountryCode } from '../../src/text/countries.ts'

/** The rule that is examined: what is told of hidden endorsers. */
export type Rule = (hidden: readonly PlaceCell[], countries: number) => PlaceCell[]

/** Hidden endorsers of each place; places are the same for all worlds of a universe. */
export type World = readonly number[]

export interface Universe {
  places: readonly Pick<PlaceCell, 'type' | 'country'>[]
  /** countries that the public list names */
  listed: ReadonlySet<string>
}

/** A small world: these countries, and what the form offers besides them. */
export function universe(countries: readonly string[], listed: readonly string[]): Universe {
  const of = (type: EndorserType, others: string[]) =>
    [...countries, ...others].map((country) => ({ type, country }))
  return {
    places: [
      ...of('organisation', ['regional', 'international']),
      ...of('individual', ['undisclosed']),
    ],
    listed: new Set(listed),
  }
}

export function cellsOf({ places }: Universe, world: World): PlaceCell[] {
  return places.map((place, at) => ({ ...place, n: world[at] ?? 0 }))
}

/** As in count.json. */
export function countriesOf(all: Universe, world: World): number {
  const there = cellsOf(all, world).filter(({ n }) => n > 0)
  const hidden = there.map(({ country }) => country).filter(isCountryCode)
  return new Set([...all.listed, ...hidden]).size
}

export function hiddenOf(all: Universe, world: World, type: EndorserType): number {
  return cellsOf(all, world).reduce((sum, cell) => sum + (cell.type === type ? cell.n : 0), 0)
}

/** All that is public of a world. */
export function published(all: Universe, world: World, rule: Rule): string {
  const countries = countriesOf(all, world)
  return JSON.stringify([countries, rule(cellsOf(all, world), countries)])
}

/** Every world in which the public sees the same as in this one. */
export function* consistentWorlds(all: Universe, truth: World, rule: Rule): Generator<World> {
  const seen = published(all, truth, rule)
  const width = (type: EndorserType) => all.places.filter((place) => place.type === type).length
  for (const organisations of sharedOut(
    hiddenOf(all, truth, 'organisation'),
    width('organisation'),
  ))
    for (const individuals of sharedOut(hiddenOf(all, truth, 'individual'), width('individual'))) {
      const world = [...organisations, ...individuals]
      if (published(all, world, rule) === seen) yield world
    }
}

/** All ways to share out a number among places. */
function* sharedOut(total: number, places: number): Generator<number[]> {
  if (places === 1) return yield [total]
  for (let first = 0; first <= total; first += 1) {
    for (const others of sharedOut(total - first, places - 1)) yield [first, ...others]
  }
}

/**
 * The groups of 1–4 hidden endorsers that somebody can be sure of: sets of places that hold the same
 * 1–4 in every world. A whole type is none: its total is public (product.md R1).
 */
export function isolatedGroups(all: Universe, truth: World, rule: Rule): number[] {
  const worlds = consistentWorlds(all, truth, rule)
  const sure = [...everySet(all.places.length)].filter((set) => isFew(sumIn(set, truth)))
  let groups = sure
  let possible = 0
  for (const world of worlds) {
    groups = groups.filter((set) => sumIn(set, world) === sumIn(set, truth))
    possible |= world.reduce((bits, n, at) => (n > 0 ? bits | (1 << at) : bits), 0)
    if (groups.length === 0) return []
  }
  return groups.filter((set) => !isOfWholeTypes(all, set, possible))
}

const isFew = (n: number) => n >= 1 && n <= 4

function* everySet(size: number): Generator<number> {
  for (let set = 1; set < 1 << size; set += 1) yield set
}

function sumIn(set: number, world: World): number {
  let sum = 0
  for (let at = 0; at < world.length; at += 1) if ((set >> at) & 1) sum += world[at] ?? 0
  return sum
}

/** Places that are empty in every world add nothing to a group. */
function isOfWholeTypes({ places }: Universe, set: number, possible: number): boolean {
  return (['organisation', 'individual'] as const).every((type) => {
    const whole = places.reduce((bits, place, at) => bits | (place.type === type ? 1 << at : 0), 0)
    const part = set & whole & possible
    return part === 0 || part === (whole & possible)
  })
}
