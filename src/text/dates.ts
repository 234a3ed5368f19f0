// Dates that keep the precision they were given, and deadlines in their zone and in UTC, shown in
// any language (product.md F-A). Reading and writing deadlines: zoned-times.ts.

import { Temporal } from 'temporal-polyfill'
import { unlessOutOfRange } from './zoned-times.ts'

export { parseZonedTime, writeZonedTime } from './zoned-times.ts'
export type { ZonedTime } from './zoned-times.ts'

export type ParsedDate = { ok: true; value: string } | { ok: false; message: string }

/** How a deadline is shown: in its own zone, and in UTC. */
export interface ShownInstant {
  /** `Friday 4 December 2026 at 12:00` */
  local: string
  /** `Greenwich Mean Time` */
  zoneName: string
  /** `Europe/London` */
  zone: string
  /** `4 December 2026, 12:00 UTC` */
  utc: string
  /** for `<time datetime>` */
  iso: string
}

const precise = /^([1-9]\d{3})(?:-(\d{2})(?:-(\d{2}))?)?$/

/** Accepts `2018`, `2018-09` and `2018-09-30`, and gives back the very string (product.md F-A). */
export function parsePreciseDate(text: string): ParsedDate {
  const [, year, month = '01', day = '01'] = precise.exec(text) ?? []
  if (year === undefined) {
    const message = `“${text}” is not a date. Write a year, a month or a day: 2018, 2018-09 or 2018-09-30.`
    return { ok: false, message }
  }
  return unlessOutOfRange(() => Temporal.PlainDate.from(`${year}-${month}-${day}`)) === null
    ? { ok: false, message: `The date ${text} does not exist. Check the month and the day.` }
    : { ok: true, value: text }
}

/** `2018-09` → “September 2018”; the precision is kept (product.md F-A). */
export function formatPreciseDate(text: string, language: string): string {
  const [, year = '', month, day] = precise.exec(text) ?? []
  const style: Intl.DateTimeFormatOptions = {
    year: 'numeric',
    ...(month === undefined ? {} : { month: 'long' }),
    ...(day === undefined ? {} : { day: 'numeric' }),
  }
  const date = new Date(`${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`)
  return format(language, 'UTC', style).format(date)
}

/** The day of an ISO instant or date in UTC, or in `zone`: “30 September 2018”. */
export function formatDay(iso: string, language: string, zone = 'UTC'): string {
  return format(language, zone, longDay).format(new Date(iso))
}

/** Where there is little room: “30 Sep”, or the month alone, with its year: “Sep 2018”. */
export function formatShortDay(day: string, language: string, isMonth: boolean): string {
  const style = isMonth ? ({ year: 'numeric' } as const) : ({ day: 'numeric' } as const)
  return format(language, 'UTC', { ...style, month: 'short' }).format(new Date(day))
}

/** A deadline for people: with its zone and in UTC (product.md F-A). */
export function formatInstant(instant: string, zone: string, language: string): ShownInstant {
  const date = new Date(instant)
  const time = date.getTime() % 60_000 === 0 ? toMinute : toSecond
  const spoken = format(language, zone, { weekday: 'long', ...longDay, ...time }).format(date)
  const utcDay = format(language, 'UTC', longDay).format(date)
  const utcTime = format(language, 'UTC', time).format(date)
  return {
    local: isEnglish(language) ? spoken.replace(/^(\p{L}+), /u, '$1 ') : spoken,
    zoneName: zoneName(date, zone, language),
    zone,
    utc: `${utcDay}${commaOf(language)}${utcTime} UTC`,
    iso: date.toISOString(),
  }
}

const longDay = { day: 'numeric', month: 'long', year: 'numeric' } as const
const toMinute = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
const toSecond = { ...toMinute, second: '2-digit' } as const

function zoneName(date: Date, zone: string, language: string): string {
  const parts = format(language, zone, { timeZoneName: 'long' }).formatToParts(date)
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zone
}

function isEnglish(language: string): boolean {
  return /^en\b/i.test(language)
}

function commaOf(language: string): string {
  if (/^(?:ar|fa|ur|ps|ckb|ug)\b/.test(language)) return '، '
  return /^(?:zh|ja)\b/.test(language) ? ' ' : ', '
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making a formatter costs far more than using it; the few that a site needs are kept. */
function format(
  language: string,
  timeZone: string,
  style: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const key = JSON.stringify([language, timeZone, style])
  const made = formats.get(key) ?? newFormat(language, timeZone, style)
  if (formats.size > 500) formats.clear()
  formats.set(key, made)
  return made
}

/** Gregorian years and Latin digits everywhere: a deadline must read the same for everybody. */
function newFormat(language: string, timeZone: string, style: Intl.DateTimeFormatOptions) {
  const calendar = { calendar: 'gregory', numberingSystem: 'latn' }
  const locale = language === 'en' ? 'en-GB' : language
  return new Intl.DateTimeFormat([locale, 'en-GB'], { ...style, ...calendar, timeZone })
}
