// Text of one direction among text of the other, where there is no markup to keep them apart.

type Direction = 'ltr' | 'rtl'

const rightToLeft =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u
const leftToRight = /\p{Script=Latin}|\p{Script=Cyrillic}|\p{Script=Greek}|[\u0900-\uABFF]/u

/** Of the first letter; null without letters. */
export function directionOf(text: string): Direction | null {
  const first = /\p{L}/u.exec(text)?.[0]
  if (first === undefined) return null
  return rightToLeft.test(first) ? 'rtl' : 'ltr'
}

const FIRST_STRONG_ISOLATE = '\u2068'
const POP_ISOLATE = '\u2069'

/** With isolates around it where it could turn what stands beside it. */
export function isolated(text: string, around: Direction): string {
  const turns = around === 'rtl' ? leftToRight.test(text) : rightToLeft.test(text)
  return turns ? FIRST_STRONG_ISOLATE + text + POP_ISOLATE : text
}
