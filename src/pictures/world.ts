// The world as SVG paths, by country. world.json is made by test/support/world-shapes.ts.
import made from './world.json' with { type: 'json' }

interface World {
  /** in the units of its paths */
  width: number
  height: number
  /** all land but Antarctica */
  land: string
  /** of countries that are large enough to have one, by code */
  shapes: Readonly<Record<string, string>>
  /** where the small ones are: x and y */
  points: Readonly<Record<string, readonly number[]>>
}

export const world: World = made
