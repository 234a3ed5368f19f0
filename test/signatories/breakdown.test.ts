// What is told by country isolates no group of 1–4 hidden endorsers (product.md P-11), in every small
// world there is: all worlds that look the same to the public are compared.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { fewestTold, type PlaceCell, sum, tellable } from '../../src/signatories/breakdown.ts'
import {
  cellsOf,
  countriesOf,
  isolatedGroups,
  type Rule,
  type Universe,
  universe,
  type World,
} from './worlds.ts'

const codes = ['AR', 'FR', 'KE', 'UA']

/** In some country of this world nobody has signed: of all 250 countries that is always so. */
const hasRoom = (all: Universe, world: World) => countriesOf(all, world) < codes.length

/** A few everywhere, and in one or two places enough to be told. */
const inPlaces = (size: number) =>
  fc
    .record({
      few: fc.array(fc.constantFrom(0, 0, 0, 1, 2, 3), { minLength: size, maxLength: size }),
      many: fc.array(fc.record({ at: fc.nat(size - 1), n: fc.integer({ min: 4, max: 8 }) }), {
        maxLength: 2,
      }),
    })
    .map(({ few, many }) => few.map((n, at) => many.find((each) => each.at === at)?.n ?? n))

const hardlyAny = (size: number) =>
  fc.array(fc.constantFrom(0, 0, 1), { minLength: size, maxLength: size })

const total = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)

const organisations = codes.length + 2
const individuals = codes.length + 1

/** Many of one kind of endorsers and a few of the other, so that all worlds can be counted. */
const worlds = fc
  .oneof(
    fc.tuple(inPlaces(organisations), hardlyAny(individuals)),
    fc.tuple(hardlyAny(organisations), inPlaces(individuals)),
  )
  .filter(([a, b]) => total(a) <= 13 && total(b) <= 15 && Math.min(total(a), total(b)) <= 2)
  .map(([a, b]) => [...a, ...b])

const universes = fc.subarray(codes, { maxLength: codes.length - 1 }).map((listed) => {
  return universe(codes, listed)
})

const campaigns = fc.tuple(universes, worlds).filter(([all, world]) => hasRoom(all, world))

const settings = { numRuns: 60, seed: 2026 }

const careless: Rule = (hidden) => hidden.filter(({ n }) => n >= fewestTold)

describe('what is told of hidden endorsers by country', () => {
  test('isolates no group of one to four of them, whoever compares it with all other numbers', () => {
    let telling = 0
    fc.assert(
      fc.property(campaigns, ([all, world]) => {
        if (tellable(cellsOf(all, world), countriesOf(all, world)).length > 0) telling += 1
        assert.deepEqual(isolatedGroups(all, world, tellable), [])
      }),
      settings,
    )
    assert.ok(telling > 10, `only ${telling} of these worlds tell anything`)
  })

  test('would isolate some without the second suppression: the search finds what it looks for', () => {
    const all = universe(codes, ['FR'])
    const world = all.places.map(({ type, country }) => {
      if (type === 'organisation') return 0
      return { KE: 6, UA: 1 }[country] ?? 0
    })
    assert.notDeepEqual(isolatedGroups(all, world, careless), [])
    assert.deepEqual(isolatedGroups(all, world, tellable), [])
  })

  test('says nothing where the number of countries would fill in the rest', () => {
    // two places for eight, each with at most four
    const hidden = [
      { type: 'individual', country: 'AR', n: 5 },
      { type: 'individual', country: 'FR', n: 4 },
      { type: 'individual', country: 'undisclosed', n: 4 },
    ] as const
    assert.deepEqual(tellable(hidden, 2), [])
    assert.deepEqual(tellable(hidden, 9), [hidden[0]])
  })

  test('tells only numbers from five on, and leaves nobody or at least five of a type untold', () => {
    const cell = fc.record({
      type: fc.constantFrom('organisation' as const, 'individual' as const),
      country: fc.constantFrom(...codes, 'undisclosed'),
      n: fc.nat(40),
    })
    const hidden = fc.uniqueArray(cell, {
      selector: ({ type, country }) => `${type} ${country}`,
      maxLength: 10,
    })
    fc.assert(
      fc.property(hidden, fc.nat(60), (cells, countries) => {
        const told = tellable(cells, countries)
        for (const each of told) assert.ok(each.n >= fewestTold)
        for (const type of ['organisation', 'individual'] as const) {
          const rest = sumOf(cells, type) - sumOf(told, type)
          const isWhole = !told.some((each) => each.type === type)
          assert.ok(rest === 0 || rest >= fewestTold || isWhole, `${rest} ${type}`)
        }
      }),
    )
  })

  test('looks the same for places with nobody and for places with a few', () => {
    const many = ['KE', 'UA', 'AR'].map((country) => cellIn(country, 20))
    const few = fc.array(fc.nat(4), { minLength: 6, maxLength: 6 })
    const others = ['BR', 'CL', 'CO', 'EC', 'PE', 'UY']
    fc.assert(
      fc.property(few, (numbers) => {
        const small = numbers.map((n, at) => cellIn(others[at] ?? '', n))
        const told = tellable([...many, ...small], 40)
        const rest = sum(small)
        assert.equal(told.length, rest > 0 && rest < fewestTold ? 2 : 3)
      }),
    )
  })
})

const cellIn = (country: string, n: number): PlaceCell => ({ type: 'individual', country, n })

function sumOf(cells: readonly PlaceCell[], type: PlaceCell['type']): number {
  return sum(cells.filter((cell) => cell.type === type))
}
