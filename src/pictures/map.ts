// From where endorsements come, on a map of the world. Places without a colour have none that is told.
import type { Formats } from '../languages/formats.ts'
import { rounded } from './canvas.ts'
import { steps } from './palette.ts'
import { listed, type Place, placesOf, untoldOf } from './places.ts'
import {
  type Begun,
  begin,
  finish,
  type Note,
  nothingYet,
  type Picture,
  type Scene,
  swatch,
} from './scene.ts'
import { world } from './world.ts'

const scales = [
  [1, 2, 3, 4, 5],
  [1, 2, 5, 10, 20],
  [1, 5, 10, 50, 100],
  [1, 10, 50, 200, 1000],
  [1, 10, 100, 1000, 10_000],
]

/** From how many endorsements on a country has the next colour; the last number is the widest step. */
export function scaleFor(most: number): number[] {
  const scale = scales.find((each) => most <= (each[steps - 1] ?? 0) * 2) ?? scales.at(-1) ?? []
  return scale.filter((from) => from <= most)
}

export function map(scene: Scene): Picture {
  const { t, numbers } = scene
  const heading = t('pictures.map')
  if (numbers.counts.total === 0) return nothingYet(scene, heading)
  const places = placesOf(scene)
  const shown = places.filter(({ country }) => country in world.shapes || country in world.points)
  const scale = scaleFor(Math.max(0, ...shown.map(({ total }) => total)))
  const begun = begin(scene, heading)
  const y = drawScale({ ...begun, y: drawMap(begun, shown, scale) + 14 }, scale, scene)
  const words = [
    t('count.countries', { n: numbers.counts.countries }),
    ...(shown.length > 0 ? [t('pictures.most', { places: listed(shown.slice(0, 5), scene) })] : []),
  ]
  return finish({ ...begun, y }, scene, words.join('. '), notesOf(scene, places, shown))
}

/** A map has its west on the left in every language. Returns where it ends. */
function drawMap({ canvas, left, right, y }: Begun, shown: Place[], scale: number[]): number {
  const { land, shapes, points, width, height } = world
  const factor = (right - left) / width
  const lookOf = ({ total }: Place) => `step-${scale.findLastIndex((from) => from <= total)} border`
  canvas.add(`<g transform="translate(${left} ${rounded(y)}) scale(${factor.toFixed(4)})">`)
  canvas.add(`<path class="land" d="${land}"/>`)
  for (const place of shown) {
    const path = shapes[place.country]
    if (path) canvas.add(`<path class="${lookOf(place)}" d="${path}"/>`)
  }
  const size = `r="${rounded(3.5 / factor)}" stroke-width="${rounded(1 / factor)}"`
  for (const place of shown) {
    const [x, top] = points[place.country] ?? []
    if (x === undefined) continue
    canvas.add(`<circle class="${lookOf(place)}" cx="${x}" cy="${top}" ${size}/>`)
  }
  canvas.add('</g>')
  return y + height * factor
}

/** The colours in one row, each from its first number to that before the next. */
function drawScale(
  { canvas, left, right, y }: Begun,
  scale: readonly number[],
  { format }: Scene,
): number {
  const width = Math.min((right - left) / steps, 76)
  for (const [step, from] of scale.entries()) {
    const next = scale[step + 1]
    const x = left + step * width
    const words = next === undefined ? `${format.number(from)}+` : rangeOf(from, next - 1, format)
    canvas.rect({ x, y, width: width - 2, height: 12 }, `step-${step}`)
    const middle = { x: x + width / 2, y: y + 27, anchor: 'middle', dir: 'ltr' } as const
    canvas.text(words, middle, 'small soft')
  }
  return y + 36
}

function rangeOf(from: number, to: number, format: Formats): string {
  return from === to ? format.number(from) : `${format.number(from)}–${format.number(to)}`
}

function notesOf(scene: Scene, places: readonly Place[], shown: readonly Place[]): Note[] {
  const { t, format } = scene
  const elsewhere = places.filter((place) => !shown.includes(place))
  const untold = untoldOf(scene)
  const notes: Note[] = []
  if (elsewhere.length > 0) {
    notes.push({ words: t('pictures.elsewhere', { places: listed(elsewhere, scene) }) })
  }
  if (untold > 0) {
    notes.push({
      words: `${t('countries.untold')}: ${format.number(untold)}`,
      key: swatch('hatched'),
    })
  }
  return [...notes, { words: t('pictures.borders') }]
}
