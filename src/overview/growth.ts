// How a statement has grown: days in, steps of a table and lines of a chart out. Pure.
import type { EndorserType } from '../endorsements/endorsement.ts'
import type { DayCount } from './overview-store.ts'

const dayMs = 86_400_000
/** So many lines of a table can still be read; more days than that become weeks. */
const mostSteps = 45

type ByType = Record<EndorserType, number>

/** One line of the table: how many came in these days. */
export interface Step {
  /** the first day, UTC */
  day: string
  came: ByType
  /** with all who came before */
  sum: ByType
}

export interface Span {
  /** first and last day of the chart, UTC */
  from: string
  to: string
  /** how many days each step has */
  stepDays: number
}

const numberOf = (day: string) => Math.floor(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / dayMs)
const dayOf = (number: number) => new Date(number * dayMs).toISOString().slice(0, 10)

/**
 * From the opening (or the first endorsement, if that was earlier) to the deadline, or as long as
 * somebody came.
 * @param today instants or days, UTC
 */
export function spanOf(
  days: readonly DayCount[],
  times: { opens: string | null; closes: string | null; today: string },
): Span {
  const known = days.map(({ day }) => numberOf(day))
  const today = numberOf(times.today)
  const from = Math.min(today, numberOf(times.opens ?? times.today), ...known)
  const end = times.closes === null ? today : numberOf(times.closes)
  const to = Math.max(from + 1, end, ...known)
  const length = Math.min(to, Math.max(today, ...known)) - from + 1
  const stepDays = length <= mostSteps ? 1 : Math.ceil(length / mostSteps / 7) * 7
  return { from: dayOf(from), to: dayOf(to), stepDays }
}

/** The days on which somebody came, in steps of the span; nobody came in those that are missing. */
export function stepsOf(days: readonly DayCount[], { from, stepDays }: Span): Step[] {
  const first = numberOf(from)
  const byStep = Map.groupBy(days, ({ day }) => Math.floor((numberOf(day) - first) / stepDays))
  const sum: ByType = { organisation: 0, individual: 0 }
  return [...byStep]
    .sort(([a], [b]) => a - b)
    .map(([step, within]) => {
      const came = { organisation: 0, individual: 0 }
      for (const { type, n } of within) came[type] += n
      for (const type of ['organisation', 'individual'] as const) sum[type] += came[type]
      return { day: dayOf(first + step * stepDays), came, sum: { ...sum } }
    })
}

/** How wide and high the chart's own units are; the style sheet says how large it is shown. */
export const chartSize = { width: 300, height: 100 }

export interface Line {
  /** the highest number on the scale */
  most: number
  /** the area under the line, and the line, as SVG paths */
  area: string
  line: string
  /** where the deadline is; null when there is none */
  deadline: number | null
}

/** @param isMirrored in languages that are read from the right, time goes to the left */
export function lineOf(
  days: readonly DayCount[],
  type: EndorserType,
  span: Span,
  { closes, today, isMirrored }: { closes: string | null; today: string; isMirrored: boolean },
): Line {
  const own = days.filter((day) => day.type === type)
  const total = own.reduce((sum, { n }) => sum + n, 0)
  const most = niceAbove(total)
  const x = xOf(span, isMirrored)
  const y = (n: number) => rounded(chartSize.height * (1 - n / most))
  let sum = 0
  const points = [`${x(numberOf(span.from))} ${y(0)}`]
  for (const { day, n } of own) {
    points.push(`${x(numberOf(day))} ${y(sum)}`, `${x(numberOf(day))} ${y(sum + n)}`)
    sum += n
  }
  const now = Math.min(numberOf(span.to), Math.max(numberOf(today), numberOf(span.from)))
  points.push(`${x(now)} ${y(sum)}`)
  const line = `M${points.join('L')}`
  const area = `${line}V${chartSize.height}H${x(numberOf(span.from))}Z`
  return { most, line, area, deadline: closes === null ? null : x(numberOf(closes)) }
}

function xOf({ from, to }: Span, isMirrored: boolean): (day: number) => number {
  const first = numberOf(from)
  const length = Math.max(1, numberOf(to) - first)
  return (day) => {
    const at = rounded((chartSize.width * (day - first)) / length)
    return isMirrored ? rounded(chartSize.width - at) : at
  }
}

const rounded = (n: number) => Math.round(n * 10) / 10

/** The next of 2, 4, 10, 20, 40, 100 …: half of it is a whole number, too. */
export function niceAbove(n: number): number {
  for (let power = 1; ; power *= 10) {
    const found = [2, 4, 10].map((each) => each * power).find((each) => each >= n)
    if (found !== undefined) return found
  }
}
