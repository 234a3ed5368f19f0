// What every picture is drawn from, and what stands around each: heading above, "as of" and source below.
import type { Lang } from '../http/page.ts'
import type { Formats } from '../languages/formats.ts'
import type { Translate } from '../languages/languages.ts'
import type { Numbers } from '../signatories/by-day.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { Canvas } from './canvas.ts'
import { wrapped } from './fitting.ts'

export interface Scene {
  statement: Statement
  title: Lang
  numbers: Numbers
  language: string
  t: Translate
  format: Formats
  /** where the picture comes from */
  source: string
  now: Date
  /** for a screen as narrow as a phone's */
  isNarrow: boolean
}

export interface Picture {
  width: number
  height: number
  /** says in words what it shows */
  description: string
  /** @param style from palette.ts */
  svg(style: string): string
}

/** A canvas with its heading; `y` is where the picture itself begins. */
export interface Begun {
  canvas: Canvas
  heading: string
  left: number
  right: number
  y: number
}

export function begin({ title, isNarrow, language }: Scene, heading: string): Begun {
  const left = isNarrow ? 16 : 24
  const canvas = new Canvas(isNarrow ? 360 : 720, language)
  const right = canvas.width - left
  let y = left
  for (const line of wrapped(heading, right - left, 20, 2)) {
    canvas.text(line, { x: left, y: y + 20 }, 'title ink')
    y += 26
  }
  for (const line of wrapped(title.text, right - left, 14, 2)) {
    canvas.text(line, { x: left, y: y + 16, dir: title.dir }, 'soft')
    y += 19
  }
  return { canvas, heading, left, right, y: y + 20 }
}

/** A line of the legend, or a note. */
export interface Note {
  words: string
  /** draws what is explained, 16 wide */
  key?: (canvas: Canvas, x: number, y: number) => void
}

export function swatch(look: string): Note['key'] & {} {
  return (canvas, x, y) => canvas.rect({ x, y: y - 10, width: 14, height: 11 }, look)
}

export function finish(begun: Begun, scene: Scene, description: string, notes: Note[]): Picture {
  const { canvas, heading, left, right } = begun
  const { t, format, numbers, source, title, isNarrow } = scene
  const asOf = `${t('count.as-of')} ${format.time(numbers.counts.asOf)}`
  let { y } = begun
  for (const { words, key } of [...notes, { words: asOf }, { words: source }] as Note[]) {
    const x = left + (key ? 22 : 0)
    y += 4
    key?.(canvas, left, y + 14)
    for (const line of wrapped(words, right - x, 12)) {
      canvas.text(line, { x, y: y + 14 }, 'small soft')
      y += 16
    }
  }
  const height = Math.ceil(y + (isNarrow ? 14 : 20))
  const told = { title: `${heading}: ${title.text}`, description }
  const svg = (style: string) => canvas.svg(height, told, style)
  return { width: canvas.width, height, description, svg }
}

/** Instead of a picture without numbers. */
export function nothingYet(scene: Scene, heading: string): Picture {
  const begun = begin(scene, heading)
  const { canvas, y } = begun
  const words = scene.t('list.none-yet')
  canvas.text(words, { x: canvas.width / 2, y: y + 60, anchor: 'middle' }, 'soft')
  return finish({ ...begun, y: y + 120 }, scene, words, [])
}
