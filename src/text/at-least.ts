// Round numbers for sentences: never more than there are.

export interface AtLeast {
  n: number
  /** there are exactly so many; otherwise more */
  isExact: boolean
}

/**
 * The number rounded down to half a unit of its first digit: 300 stays 300, 301 is over 300, 361 is over
 * 350, 4016 is over 4000. Under ten nothing is rounded.
 */
export function atLeast(count: number): AtLeast {
  if (count < 10) return { n: count, isExact: true }
  const step = 10 ** Math.floor(Math.log10(count)) / 2
  const n = Math.floor(count / step) * step
  return { n, isExact: n === count }
}
