// A moment as a form has it: a day, a time and a zone, written as statement files write it.
import type { Fields } from '../http/fields.ts'
import { parseZonedTime, writeZonedTime, type ZonedTime } from '../text/dates.ts'

export type TimeValues = Record<string, string>

export function typedTime(name: string, typed: Fields): TimeValues {
  const part = (suffix: string) => (typed[`${name}_${suffix}`] ?? '').trim()
  return {
    [`${name}_date`]: part('date'),
    [`${name}_time`]: part('time'),
    [`${name}_zone`]: part('zone'),
  }
}

export function shownTime(name: string, time: ZonedTime | null): TimeValues {
  const [local = '', zone = 'UTC'] = time ? writeZonedTime(time.instant, time.zone).split(' ') : []
  const [date = '', clock = ''] = local.split('T')
  return { [`${name}_date`]: date, [`${name}_time`]: clock, [`${name}_zone`]: zone }
}

/** `2026-12-04T12:00 Europe/London`; null when neither day nor time is given. */
export function writtenTime(name: string, values: TimeValues): string | null {
  const date = values[`${name}_date`] ?? ''
  const time = values[`${name}_time`] ?? ''
  if (date === '' && time === '') return null
  const zone = values[`${name}_zone`] ?? ''
  // the end of the day is what people mean by a day
  return `${date}T${time === '' ? '23:59' : time} ${zone === '' ? 'UTC' : zone}`
}

/** null when it is no moment. */
export function readTime(name: string, values: TimeValues): ZonedTime | null {
  const parsed = parseZonedTime(writtenTime(name, values) ?? '')
  return parsed.ok ? { instant: parsed.instant, zone: parsed.zone } : null
}

export const zoneNames = (): string[] => ['UTC', ...Intl.supportedValuesOf('timeZone')]
