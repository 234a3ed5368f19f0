// From where how many endorse, as bars: the first twenty places, and the others in one line.
import { typesFor } from '../endorsements/endorsement-form.ts'
import type { Canvas } from './canvas.ts'
import { shortened, widthOf } from './fitting.ts'
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

const mostBars = 20

interface Bar {
  name: string
  total: number
  /** none: it would only make the others short */
  parts: { n: number; look: string }[]
}

export function countries(scene: Scene): Picture {
  const { t, numbers } = scene
  const heading = t('countries.link')
  if (numbers.counts.total === 0) return nothingYet(scene, heading)
  const places = placesOf(scene)
  const begun = begin(scene, heading)
  const y = drawBars(begun, barsOf(places, scene), scene)
  const most = t('pictures.most', { places: listed(places.slice(0, 5), scene) })
  const words = places.length > 0 ? most : t('countries.untold')
  return finish({ ...begun, y }, scene, words, keysOf(scene))
}

function barsOf(places: readonly Place[], scene: Scene): Bar[] {
  const { t } = scene
  const others = places.slice(mostBars)
  const untold = untoldOf(scene)
  const rest = {
    name: t('pictures.rest', { n: others.length }),
    total: others.reduce((sum, { total }) => sum + total, 0),
    parts: [],
  }
  const hidden = {
    name: t('pictures.untold'),
    total: untold,
    parts: [{ n: untold, look: 'hatched' }],
  }
  return [
    ...places.slice(0, mostBars).map((place) => barOf(place, scene)),
    ...(others.length > 0 ? [rest] : []),
    ...(untold > 0 ? [hidden] : []),
  ]
}

function barOf({ name, total, listed: named, notNamed }: Place, { statement }: Scene): Bar {
  const parts = typesFor(statement).map((type) => ({ n: named[type], look: type as string }))
  return { name, total, parts: [...parts, { n: notNamed, look: 'hatched' }] }
}

const longest = (bars: readonly Bar[]) =>
  Math.max(1, ...bars.map(({ parts, total }) => (parts.length > 0 ? total : 0)))

/** On a narrow screen names stand above their bars. Returns where it ends. */
function drawBars({ canvas, left, right, y: top }: Begun, bars: Bar[], scene: Scene): number {
  const { isNarrow, format } = scene
  const names = isNarrow ? 0 : 232
  const numbers = Math.max(...bars.map(({ total }) => widthOf(format.number(total)))) + 8
  const perEach = (right - left - names - numbers) / longest(bars)
  const [lead, height, gap] = isNarrow ? [17, 12, 9] : [0, 18, 7]
  let y = top
  for (const { name, total, parts } of bars) {
    const words = shortened(name, isNarrow ? right - left : names - 12)
    if (isNarrow) canvas.text(words, { x: left, y: y + 12 }, 'ink')
    else canvas.text(words, { x: left + names - 12, y: y + 14, anchor: 'end' }, 'ink')
    y += lead
    const end = drawParts(canvas, parts, { x: left + names, y, height, perEach })
    canvas.text(format.number(total), { x: end + 7, y: y + height / 2 + 5 }, 'soft')
    y += height + gap
  }
  return y + 6
}

function drawParts(
  canvas: Canvas,
  parts: Bar['parts'],
  { x, y, height, perEach }: { x: number; y: number; height: number; perEach: number },
): number {
  let at = x
  for (const { n, look } of parts.filter((part) => part.n > 0)) {
    const width = Math.max(n * perEach, 1)
    canvas.rect({ x: at, y, width, height }, look)
    at += width
  }
  return at
}

function keysOf({ t, statement, numbers }: Scene): Note[] {
  const types = typesFor(statement)
  const keys = types.map((type) => ({ words: t(`count.label.${type}s`), key: swatch(type) }))
  const notNamed = { words: t('pictures.not-named'), key: swatch('hatched') }
  return [...(types.length > 1 ? keys : []), ...(numbers.counts.withheld > 0 ? [notNamed] : [])]
}
