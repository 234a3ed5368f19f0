// Deadlines as statement files write them: a local time and its IANA zone, read into an instant and
// written back (product.md F-A).

import { Temporal } from 'temporal-polyfill'

/** A moment and the IANA zone it was announced in; `instant` is ISO 8601 in UTC with milliseconds. */
export interface ZonedTime {
  instant: string
  zone: string
}

export type ZonedTimeFault = 'format' | 'zone' | 'offset' | 'skipped' | 'ambiguous'

export type ParsedZonedTime =
  | { ok: true; instant: string; zone: string }
  | { ok: false; fault: ZonedTimeFault; message: string }

const zonedTime =
  /^([1-9]\d{3}-\d{2}-\d{2}T\d{2}:[0-5]\d(?::[0-5]\d(?:\.\d{1,3})?)?)(Z|[+-]\d{2}:\d{2})? (\S+)$/

/**
 * Reads `2026-12-04T12:00 Europe/London`. Seconds are optional. A local time that daylight saving
 * skips or repeats is refused; the repeated one is told apart by its offset, as in
 * `2026-10-25T01:30+01:00 Europe/London`, and `2026-12-04T12:00Z UTC` works too.
 */
export function parseZonedTime(text: string): ParsedZonedTime {
  const [, local, offset, zoneText] = zonedTime.exec(text) ?? []
  if (local === undefined || zoneText === undefined) return refused('format', text)
  const plain = unlessOutOfRange(() => Temporal.PlainDateTime.from(local))
  if (plain === null) return refused('format', text)
  const zone = ianaZone(zoneText)
  if (zone === null) return refused('zone', zoneText)
  if (offset === 'Z') return accepted(Temporal.Instant.from(`${local}Z`), zone)
  return offset === undefined
    ? inZone(plain, zone, text)
    : withOffset(`${local}${offset}[${zone}]`, zone, text)
}

/** The form `parseZonedTime` reads, as short as is exact; the offset is added where needed. */
export function writeZonedTime(instant: string, zone: string): string {
  const moment = Temporal.Instant.from(instant).toZonedDateTimeISO(zone)
  const local = moment.toPlainDateTime().toString({ smallestUnit: precisionOf(moment) })
  const short = `${local} ${zone}`
  return parseZonedTime(short).ok ? short : `${local}${moment.offset} ${zone}`
}

function precisionOf(moment: Temporal.ZonedDateTime): 'millisecond' | 'second' | 'minute' {
  if (moment.millisecond > 0) return 'millisecond'
  return moment.second > 0 ? 'second' : 'minute'
}

function inZone(plain: Temporal.PlainDateTime, zone: string, text: string): ParsedZonedTime {
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' })
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' })
  if (earlier.epochMilliseconds === later.epochMilliseconds) {
    return accepted(earlier.toInstant(), zone)
  }
  if (!earlier.toPlainDateTime().equals(plain)) return refused('skipped', text)
  const example = `${plain.toString({ smallestUnit: 'minute' })}${earlier.offset} ${zone}`
  return refused('ambiguous', text, example)
}

function withOffset(bracketed: string, zone: string, text: string): ParsedZonedTime {
  const moment = unlessOutOfRange(() =>
    Temporal.ZonedDateTime.from(bracketed, { offset: 'reject' }),
  )
  return moment === null ? refused('offset', text) : accepted(moment.toInstant(), zone)
}

function accepted(instant: Temporal.Instant, zone: string): ParsedZonedTime {
  return { ok: true, instant: new Date(instant.epochMilliseconds).toISOString(), zone }
}

function refused(fault: ZonedTimeFault, text: string, example = ''): ParsedZonedTime {
  const messages: Record<ZonedTimeFault, string> = {
    format: `“${text}” is not a valid date and time with a zone. Write it like 2026-12-04T12:00 Europe/London.`,
    zone: `“${text}” is not a time zone. Write a place such as Europe/London, or UTC.`,
    offset: `The offset in “${text}” is not in use in that zone at that time. Leave the offset out, or correct it.`,
    skipped: `The time “${text}” does not exist: the clocks go forward over it. Choose a time before or after.`,
    ambiguous: `The time “${text}” happens twice: the clocks go back. Add the offset to say which, for example ${example}.`,
  }
  return { ok: false, fault, message: messages[fault] }
}

/**
 * The zone in its usual spelling. Abbreviations (`CET`, `EST`) and bare offsets are refused: they
 * do not say when daylight saving begins.
 */
function ianaZone(text: string): string | null {
  if (text.toUpperCase() === 'UTC') return 'UTC'
  if (!/^[A-Z][\w+-]*(?:\/[\w+-]+)+$/i.test(text)) return null
  return knownZones().get(text.toLowerCase()) ?? aliasOf(text)
}

let zonesByLowerCase: Map<string, string> | undefined

function knownZones(): Map<string, string> {
  zonesByLowerCase ??= new Map(Intl.supportedValuesOf('timeZone').map((z) => [z.toLowerCase(), z]))
  return zonesByLowerCase
}

/** Other names of a zone (`Europe/Kyiv` or `Europe/Kiev`) stay as written, if written properly. */
function aliasOf(text: string): string | null {
  const resolved = unlessOutOfRange(
    () => new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone,
  )
  return resolved !== null && /^[A-Z][a-z]/.test(text) ? text : resolved
}

/** The value, or null where it would be out of range: how `Temporal` and `Intl` refuse a text. */
export function unlessOutOfRange<T>(work: () => T): T | null {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
