// Times of people's acts are kept no finer than needed (product.md P-5): an instant to the millisecond
// would tie rows together that one person has caused at once, such as links for several statements.

const minuteMs = 60_000
const dayMs = 86_400_000

/** An instant cut to its minute. */
export function toTheMinute(instant: Date): string {
  return cut(instant.getTime(), minuteMs)
}

/** The next whole minute, for what must not be over sooner. */
export function upToTheMinute(instant: Date): string {
  return cut(instant.getTime() + minuteMs - 1, minuteMs)
}

/** An instant cut to its day in UTC, for what must not be kept longer. */
export function toTheDay(instant: Date): string {
  return cut(instant.getTime(), dayMs)
}

/** The next midnight in UTC, for what must not be over sooner. */
export function upToTheDay(instant: Date): string {
  return cut(instant.getTime() + dayMs - 1, dayMs)
}

const cut = (ms: number, unitMs: number) => new Date(ms - (ms % unitMs)).toISOString()
