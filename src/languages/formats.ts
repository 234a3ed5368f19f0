// Numbers, dates and names of countries and languages as one language writes them.

import { countryName } from '../text/countries.ts'
import { formatDay, formatInstant, formatPreciseDate, formatShortDay } from '../text/dates.ts'
import { ownNameOf, translator, withLatinDigits } from './languages.ts'

export interface WrittenInstant {
  /** in its own time zone: "Friday 4 December 2026 at 12:00" */
  local: string
  zoneName: string
  /** the IANA name: "Europe/London" */
  zone: string
  /** "4 December 2026, 12:00 UTC" */
  utc: string
  iso: string
}

export interface Formats {
  number(value: number): string
  /** of a file: "3.8 kB" */
  size(bytes: number): string
  instant(iso: string, zone: string): WrittenInstant
  /** keeps the precision it was given (product.md F-A): "2018-09" is "September 2018" */
  preciseDate(text: string): string
  day(iso: string): string
  /** where there is little room: "30 Sep", or the month alone, with its year */
  shortDay(day: string, isMonth: boolean): string
  /** "as of", in UTC: "21 November 2026, 14:05 UTC" */
  time(iso: string): string
  /** of an ISO 3166 code, or regional, international, undisclosed */
  country(code: string): string
  /** a language's own name */
  language(code: string): string
}

/** "As of" is read by people; the exact instant is in the `datetime` beside it. */
function toTheMinute(iso: string): string {
  const date = new Date(iso)
  date.setUTCSeconds(0, 0)
  return date.toISOString()
}

const makers = new Map<string, Formats>()

function make(language: string): Formats {
  const numbers = new Intl.NumberFormat(withLatinDigits(language))
  const inUnits = (unit: string, value: number) =>
    new Intl.NumberFormat(withLatinDigits(language), {
      style: 'unit',
      unit,
      maximumSignificantDigits: 3,
    }).format(value)
  const t = translator(language)
  return {
    size: (bytes) =>
      bytes < 1_000_000
        ? inUnits('kilobyte', bytes / 1000)
        : inUnits('megabyte', bytes / 1_000_000),
    number: (value) => numbers.format(value),
    instant: (iso, zone) => formatInstant(iso, zone, language),
    preciseDate: (text) => formatPreciseDate(text, language),
    day: (iso) => formatDay(iso, language),
    shortDay: (day, isMonth) => formatShortDay(day, language, isMonth),
    time: (iso) => formatInstant(toTheMinute(iso), 'UTC', language).utc,
    country: (code) => {
      if (code === 'regional' || code === 'international' || code === 'undisclosed') {
        return t(`country.${code}`)
      }
      return countryName(code, language)
    },
    language: ownNameOf,
  }
}

/** The formats of one interface language. */
export function formatsOf(language: string): Formats {
  const known = makers.get(language) ?? make(language)
  makers.set(language, known)
  return known
}
