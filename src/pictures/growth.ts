// How a statement has grown, in numbers that can be drawn. Pure.
import type { DayCount } from '../signatories/by-day.ts'
import { endOf, type Statement } from '../statements/stored-statement.ts'

export const dayMs = 86_400_000
const startOf = (day: string) => Date.parse(`${day.slice(0, 10)}T00:00:00Z`)

/** The day of an instant, UTC, as on the list. */
export const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10)

/** From which instant to which; the last day whole. */
export interface Period {
  from: number
  to: number
  /** until when something is known */
  until: number
  /** the deadline; null when there is none */
  closes: number | null
}

type Times = Pick<Statement, 'opensAt' | 'closesAt' | 'closedAt'>

/** From the opening, or the first on the list, to the deadline or as long as somebody came. */
export function periodOf(statement: Times, days: readonly DayCount[], now: Date): Period {
  const known = days.map(({ day }) => startOf(day))
  const today = startOf(now.toISOString())
  const opens = statement.opensAt === null ? today : startOf(statement.opensAt.instant)
  const end = endOf(statement)
  const closes = end === null ? null : Date.parse(end.instant)
  const from = Math.min(opens, today, ...known)
  const last = Math.max(closes === null ? today : startOf(dayOf(closes)), ...known)
  const lastDay = Math.min(Math.max(today, ...known), last) + dayMs
  // nobody signs after the deadline, though its day goes on
  const until = closes !== null && now.getTime() < closes ? Math.min(lastDay, closes) : lastDay
  // a single day would be a wall
  return { from, to: Math.max(last + dayMs, from + 7 * dayMs), until, closes }
}

/** The sum at the beginning and at the end of each day on which somebody came: [instant, sum]. */
export function growthOf(days: readonly DayCount[], period: Period): [number, number][] {
  let sum = 0
  const points: [number, number][] = [[period.from, 0]]
  for (const { day, n } of days) {
    const end = Math.min(startOf(day) + dayMs, period.until)
    points.push([startOf(day), sum], [end, sum + n])
    sum += n
  }
  return [...points, [period.until, sum]]
}

/** A round number at or above n, and how far its lines are apart; never more than five lines. */
export function scaleFor(n: number): { top: number; step: number } {
  for (let power = 1; ; power *= 10) {
    const step = [1, 2, 5].map((each) => each * power).find((each) => Math.ceil(n / each) <= 5)
    if (step !== undefined) return { top: Math.max(1, Math.ceil(n / step)) * step, step }
  }
}
