// Makes src/pictures/world.json, the map that pictures are drawn on, from shapes of Natural Earth (public
// domain), in a projection that gives every country its true size:
// npx node test/support/world-shapes.ts > src/pictures/world.json
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { geoContains, geoEqualEarth, type GeoPath, geoPath } from 'd3-geo'
import { format } from 'prettier'
import { feature, merge } from 'topojson-client'
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from 'topojson-specification'
import { smallPlaces } from './small-places.ts'

const require = createRequire(import.meta.url)

type Atlas = Topology<{ countries: GeometryCollection<{ name?: string }> }>
type Shape = Polygon | MultiPolygon

/** In the units of its paths. */
const width = 1440
/** A country that is smaller is a point. */
const leastArea = 90
const antarctica = 'AQ'
/** The map is cut through the Bering Strait. */
const turned: [number, number] = [-11, 0]

/**
 * Natural Earth draws who holds a place. Where the United Nations see that otherwise, it is theirs that is
 * drawn: Crimea (General Assembly resolution 68/262), Northern Cyprus (Security Council 541), Somaliland.
 */
const withoutCode: Record<string, string> = { Kosovo: 'XK', 'N. Cyprus': 'CY', Somaliland: 'SO' }
const crimea: [number, number] = [34.2, 45.2]

export async function worldFile(): Promise<string> {
  const atlas = JSON.parse(
    readFileSync(require.resolve('world-atlas/countries-110m.json'), 'utf8'),
  ) as Atlas
  const pieces = piecesByCountry(atlas)
  const land = merge(atlas, [...pieces.values()].flat())
  // without more points than the shapes have
  const islands = { type: 'MultiPoint' as const, coordinates: [...smallPlaces.values()] }
  const all = { type: 'GeometryCollection' as const, geometries: [land, islands] }
  const projection = geoEqualEarth().rotate(turned).precision(0).fitWidth(width, all)
  const path = geoPath(projection)
  const shapes: Record<string, string> = {}
  const points: Record<string, number[]> = {}
  for (const [code, parts] of pieces) {
    const shape = merge(atlas, parts)
    shapes[code] = compact(path, shape)
    if (path.area(shape) < leastArea) points[code] = path.centroid(shape).map(Math.round)
  }
  for (const [code, place] of smallPlaces) {
    points[code] = (projection(place) ?? []).map(Math.round)
  }
  const height = Math.ceil(path.bounds(all)[1][1])
  const world = { width, height, land: compact(path, land), shapes, points }
  return format(JSON.stringify(world), { parser: 'json', printWidth: 100 })
}

function piecesByCountry(atlas: Atlas): Map<string, Polygon[]> {
  const pieces = new Map<string, Polygon[]>()
  for (const shape of atlas.objects.countries.geometries) {
    const code = codeOf(shape)
    for (const part of code === antarctica ? [] : partsOf(shape as Shape)) {
      const own = code === 'RU' && geoContains(feature(atlas, part), crimea) ? 'UA' : code
      pieces.set(own, [...(pieces.get(own) ?? []), part])
    }
  }
  return pieces
}

/** The atlas has the numbers of ISO 3166, which language tags know, too. */
function codeOf({ id, properties }: Atlas['objects']['countries']['geometries'][number]): string {
  const { name = '' }: { name?: string } = properties ?? {}
  if (id === undefined) return withoutCode[name] ?? name
  return new Intl.Locale(`und-${id}`).region ?? name
}

function partsOf(shape: Shape): Polygon[] {
  if (shape.type === 'Polygon') return [shape]
  return shape.arcs.map((arcs) => ({ type: 'Polygon', arcs }))
}

/** The path in whole units, each point from the one before: a third of the bytes. */
function compact(path: GeoPath, shape: ReturnType<typeof merge>): string {
  const rings = (path(shape) ?? '').split('M').slice(1)
  return rings.map((ring) => compactRing(ring.replace('Z', '').split('L'))).join('')
}

function compactRing(places: string[]): string {
  const points = places.map((place) => place.split(',').map((n) => Math.round(Number(n))))
  let [[x = 0, y = 0] = []] = points
  let path = `M${x} ${y}l`
  let moves = 0
  for (const [nextX = 0, nextY = 0] of points.slice(1)) {
    const [byX, byY] = [nextX - x, nextY - y]
    if (byX === 0 && byY === 0) continue
    path += `${moves > 0 && byX >= 0 ? ' ' : ''}${byX}${byY < 0 ? '' : ' '}${byY}`
    moves += 1
    ;[x, y] = [nextX, nextY]
  }
  return moves < 2 ? '' : `${path}z`
}

if (import.meta.main) process.stdout.write(await worldFile())
