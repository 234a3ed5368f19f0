// Makes words fit. Nothing measures them here, and fonts differ, so widths are estimates.

/** How wide words are about, in pixels. */
export function widthOf(words: string, size = 14): number {
  let width = 0
  for (const letter of words) width += widthOfLetter(letter)
  return width * size
}

function widthOfLetter(letter: string): number {
  if (/\p{M}/u.test(letter)) return 0
  if (/[\p{Script=Han}\p{Script=Hira}\p{Script=Kana}\p{Script=Hang}]/u.test(letter)) return 1
  if (/[\sijlft.,:;'’·()|]/.test(letter)) return 0.32
  return /[\p{Lu}mwшщжюмыф]/u.test(letter) ? 0.72 : 0.57
}

/** In lines that fit; what is still too much after `most` lines ends in dots. */
export function wrapped(words: string, width: number, size = 14, most = 3): string[] {
  const lines: string[] = []
  for (const word of words.split(/\s+/)) {
    const last = lines.at(-1)
    const longer = last === undefined ? word : `${last} ${word}`
    if (last !== undefined && widthOf(longer, size) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  const kept = lines.slice(0, most).map((line) => shortened(line, width, size))
  return lines.length > most ? [...kept.slice(0, -1), dotted(kept.at(-1) ?? '', width, size)] : kept
}

export function shortened(words: string, width: number, size = 14): string {
  return widthOf(words, size) <= width ? words : dotted(words, width, size)
}

const segmenter = new Intl.Segmenter()

function dotted(words: string, width: number, size: number): string {
  const letters = Array.from(segmenter.segment(words), ({ segment }) => segment)
  while (letters.length > 1 && widthOf(`${letters.join('')}…`, size) > width) letters.pop()
  return `${letters.join('').trimEnd()}…`
}
