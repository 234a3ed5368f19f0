// Writes SVG without a DOM. Everything is laid out from left to right; for languages that are read from
// the right, the canvas mirrors places, and never letters.
import { type Direction, dirOf } from '../languages/languages.ts'
import { fontFamilies } from './palette.ts'

export type Point = readonly [x: number, y: number]

interface Place {
  x: number
  y: number
  anchor?: 'start' | 'middle' | 'end'
  /** of the words, when they are not in the language of the picture */
  dir?: Direction
}

interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** Words that stand in for the picture. */
export interface Told {
  title: string
  description: string
}

const opposite = { start: 'end', middle: 'middle', end: 'start' } as const
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
// XML cannot hold them, however they are written
// oxlint-disable-next-line no-control-regex
const impossible = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(impossible, '')
    .replaceAll(/[&<>"]/g, (mark) => escapes[mark] ?? '')
}

/** What is counted and not named is hatched, also for those who cannot see colours. */
const hatching =
  '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  '<path class="hatch" d="M1 0V5"/></pattern></defs>'

/** One decimal is finer than any screen shows. */
export const rounded = (n: number) => Math.round(n * 10) / 10

/** `look` are the classes of palette.ts. */
export class Canvas {
  readonly width: number
  readonly #language: string
  readonly #dir: Direction
  readonly #parts: string[] = []

  constructor(width: number, language: string) {
    this.width = width
    this.#language = language
    this.#dir = dirOf(language)
  }

  #x(x: number, width = 0): number {
    return rounded(this.#dir === 'rtl' ? this.width - x - width : x)
  }

  /** @param element as it stands, mirrored by nobody */
  add(element: string): void {
    this.#parts.push(element)
  }

  rect({ x, y, width, height }: Box, look: string): void {
    const place = `x="${this.#x(x, width)}" y="${rounded(y)}"`
    const size = `width="${rounded(width)}" height="${rounded(height)}"`
    this.add(`<rect class="${look}" ${place} ${size}/>`)
  }

  /** @param base how far down the area below the line goes, if that is meant */
  line(points: readonly Point[], look: string, base?: number): void {
    const path = points.map(([x, y]) => `${this.#x(x)} ${rounded(y)}`).join('L')
    const end = base === undefined ? '' : `V${rounded(base)}H${this.#x(points[0]?.[0] ?? 0)}Z`
    this.add(`<path class="${look}" d="M${path}${end}"/>`)
  }

  across(y: number, from: number, to: number, look: string): void {
    this.line(
      [
        [from, y],
        [to, y],
      ],
      look,
    )
  }

  down(x: number, from: number, to: number, look: string): void {
    this.line(
      [
        [x, from],
        [x, to],
      ],
      look,
    )
  }

  dot(x: number, y: number, radius: number, look: string): void {
    this.add(`<circle class="${look}" cx="${this.#x(x)}" cy="${rounded(y)}" r="${radius}"/>`)
  }

  /** Words keep their own direction inside, so that no number or name turns around. */
  text(words: string, { x, y, anchor = 'start', dir = this.#dir }: Place, look: string): void {
    const side = this.#dir === 'rtl' ? opposite[anchor] : anchor
    const at = side === 'start' ? '' : ` text-anchor="${side}"`
    const kept = dir === 'rtl' ? `\u2067${escaped(words)}\u2069` : escaped(words)
    this.add(`<text class="${look}" x="${this.#x(x)}" y="${rounded(y)}"${at}>${kept}</text>`)
  }

  /** The whole picture, which screen readers take as one. */
  svg(height: number, { title, description }: Told, style: string): string {
    const size = `viewBox="0 0 ${this.width} ${height}" width="${this.width}" height="${height}"`
    const role = `role="img" aria-labelledby="title description" lang="${this.#language}"`
    const fonts = `font-family="${fontFamilies[this.#dir]}"`
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${role} ${fonts}>` +
      `<title id="title">${escaped(title)}</title>` +
      `<desc id="description">${escaped(description)}</desc>` +
      `<style>${style}</style>${hatching}<rect class="paper" width="100%" height="100%"/>` +
      `${this.#parts.join('')}</svg>\n`
    )
  }
}
