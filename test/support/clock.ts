// A clock that stands still until the test moves it.

export type Span = {
  days?: number
  hours?: number
  minutes?: number
  seconds?: number
  ms?: number
}

export class TestClock {
  #now: number

  /** @param start an instant in ISO 8601 with its offset, e.g. `2026-12-04T11:59:59.999Z` */
  constructor(start: string) {
    this.#now = instant(start)
  }

  now(): Date {
    return new Date(this.#now)
  }

  set(iso: string): void {
    this.#now = instant(iso)
  }

  /** Moves on by exact time: a day is always 24 hours, also over a change of the clocks. */
  advance({ days = 0, hours = 0, minutes = 0, seconds = 0, ms = 0 }: Span): void {
    this.#now += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + ms
  }
}

function instant(iso: string): number {
  const hasOffset = /(?:Z|[+-]\d{2}:\d{2})$/.test(iso)
  const time = Date.parse(iso)
  if (!hasOffset || Number.isNaN(time)) throw new Error(`Not an instant: ${iso}`)
  return time
}
