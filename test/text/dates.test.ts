import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import * as fc from 'fast-check'
import {
  formatDay,
  formatInstant,
  formatPreciseDate,
  parsePreciseDate,
  parseZonedTime,
  writeZonedTime,
} from '../../src/text/dates.ts'

const instantOf = (text: string) => {
  const parsed = parseZonedTime(text)
  return parsed.ok ? `${parsed.instant} ${parsed.zone}` : parsed.fault
}

function inThreePrecisions(language: string): string[] {
  return ['2018', '2018-09', '2018-09-30'].map((text) => formatPreciseDate(text, language))
}

function evening(language: string): string {
  const { local, utc } = formatInstant('2026-12-04T20:30:00.000Z', 'Africa/Nairobi', language)
  return `${local} | ${utc}`
}

describe('a precise date', () => {
  for (const text of ['2018', '2018-09', '2018-09-30', '2024-02-29']) {
    test(`${text} stays what it is`, () => {
      assert.deepEqual(parsePreciseDate(text), { ok: true, value: text })
    })
  }

  for (const text of [
    '',
    '18',
    '2018-9',
    '2018-13',
    '2018-00',
    '2026-02-29',
    '2018-09-31',
    '0000',
  ]) {
    test(`${JSON.stringify(text)} is refused`, () => {
      assert.equal(parsePreciseDate(text).ok, false)
    })
  }

  test('is shown in the precision it was given, in every language', () => {
    assert.deepEqual(inThreePrecisions('en'), ['2018', 'September 2018', '30 September 2018'])
    assert.deepEqual(inThreePrecisions('es'), [
      '2018',
      'septiembre de 2018',
      '30 de septiembre de 2018',
    ])
    assert.deepEqual(inThreePrecisions('fr'), ['2018', 'septembre 2018', '30 septembre 2018'])
    assert.deepEqual(inThreePrecisions('ru'), ['2018', 'сентябрь 2018 г.', '30 сентября 2018 г.'])
    assert.deepEqual(inThreePrecisions('ar'), ['2018', 'سبتمبر 2018', '30 سبتمبر 2018'])
  })
})

describe('a time with its zone', () => {
  test('is the instant that clocks there show it', () => {
    assert.equal(
      instantOf('2026-12-04T12:00 Europe/London'),
      '2026-12-04T12:00:00.000Z Europe/London',
    )
    assert.equal(
      instantOf('2026-07-04T12:00 Europe/London'),
      '2026-07-04T11:00:00.000Z Europe/London',
    )
    assert.equal(
      instantOf('2026-12-04T12:00 Africa/Nairobi'),
      '2026-12-04T09:00:00.000Z Africa/Nairobi',
    )
    assert.equal(
      instantOf('2026-12-04T12:00 Asia/Kathmandu'),
      '2026-12-04T06:15:00.000Z Asia/Kathmandu',
    )
    assert.equal(instantOf('2026-12-04T11:59:59.999 UTC'), '2026-12-04T11:59:59.999Z UTC')
    assert.equal(instantOf('2026-12-04T12:00Z UTC'), '2026-12-04T12:00:00.000Z UTC')
  })

  test('may name its zone in small letters or by another name', () => {
    assert.equal(
      instantOf('2026-12-04T12:00 europe/london'),
      '2026-12-04T12:00:00.000Z Europe/London',
    )
    assert.equal(instantOf('2026-12-04T12:00 Europe/Kyiv'), '2026-12-04T10:00:00.000Z Europe/Kyiv')
  })

  test('that daylight saving skips is refused', () => {
    assert.equal(instantOf('2026-03-29T01:00 Europe/London'), 'skipped')
    assert.equal(instantOf('2026-03-29T01:59:59 Europe/London'), 'skipped')
    assert.equal(
      instantOf('2026-03-29T02:00 Europe/London'),
      '2026-03-29T01:00:00.000Z Europe/London',
    )
  })

  test('that daylight saving repeats is refused, and told apart by its offset', () => {
    const refused = parseZonedTime('2026-10-25T01:30 Europe/London')
    assert.ok(!refused.ok)
    assert.equal(refused.fault, 'ambiguous')
    assert.match(refused.message, /for example 2026-10-25T01:30\+01:00 Europe\/London\.$/)
    assert.equal(
      instantOf('2026-10-25T01:30+01:00 Europe/London'),
      '2026-10-25T00:30:00.000Z Europe/London',
    )
    assert.equal(
      instantOf('2026-10-25T01:30+00:00 Europe/London'),
      '2026-10-25T01:30:00.000Z Europe/London',
    )
    assert.equal(
      instantOf('2026-10-25T02:00 Europe/London'),
      '2026-10-25T02:00:00.000Z Europe/London',
    )
  })

  test('with an offset that the zone does not have is refused', () => {
    assert.equal(instantOf('2026-12-04T12:00+01:00 Europe/London'), 'offset')
    assert.equal(instantOf('2026-03-29T01:30+00:00 Europe/London'), 'offset')
  })

  test('in a zone that is none, or only an abbreviation, is refused', () => {
    for (const zone of ['CET', 'EST', 'BST', 'GMT+1', '+01:00', 'London', 'Mars/Base', '../x']) {
      assert.equal(instantOf(`2026-12-04T12:00 ${zone}`), 'zone', zone)
    }
  })

  test('in another form, or on a day that does not exist, is refused', () => {
    const wrong = ['', '2026-12-04', '2026-12-04T12:00', '2026-12-04 12:00 UTC', '12:00 UTC']
    const impossible = ['2026-02-29T12:00 UTC', '2026-12-04T24:00 UTC', '2026-12-04T12:60 UTC']
    for (const text of [...wrong, ...impossible]) assert.equal(instantOf(text), 'format', text)
  })

  test('is written as short as it is exact', () => {
    assert.equal(
      writeZonedTime('2026-12-04T12:00:00.000Z', 'Europe/London'),
      '2026-12-04T12:00 Europe/London',
    )
    assert.equal(writeZonedTime('2026-12-04T12:00:05.000Z', 'UTC'), '2026-12-04T12:00:05 UTC')
    assert.equal(writeZonedTime('2026-12-04T12:00:00.250Z', 'UTC'), '2026-12-04T12:00:00.250 UTC')
    assert.equal(
      writeZonedTime('2026-10-25T01:30:00.000Z', 'Europe/London'),
      '2026-10-25T01:30+00:00 Europe/London',
    )
  })

  test('comes back from its written form, at any moment in any zone', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'UTC', 'Europe/Kyiv')
    const range = { min: new Date('1975-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }
    fc.assert(
      fc.property(fc.date(range), zones, (date, zone) => {
        const instant = date.toISOString()
        const parsed = parseZonedTime(writeZonedTime(instant, zone))
        assert.deepEqual(parsed, { ok: true, instant, zone })
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a deadline is shown', () => {
  test('with its zone and in UTC', () => {
    assert.deepEqual(formatInstant('2026-12-04T12:00:00.000Z', 'Europe/London', 'en'), {
      local: 'Friday 4 December 2026 at 12:00',
      zoneName: 'Greenwich Mean Time',
      zone: 'Europe/London',
      utc: '4 December 2026, 12:00 UTC',
      iso: '2026-12-04T12:00:00.000Z',
    })
  })

  test('in each language, in Latin digits and the Gregorian year', () => {
    assert.match(evening('es'), /^viernes, 4 de diciembre de 2026.*23:30 \| 4 de dic.* 20:30 UTC$/)
    assert.match(evening('fr'), /^vendredi 4 décembre 2026.*23:30 \| 4 décembre 2026, 20:30 UTC$/)
    assert.match(evening('ru'), /^пятница, 4 декабря 2026.*23:30 \| 4 декабря 2026 г\., 20:30 UTC$/)
    assert.match(evening('ar'), /^الجمعة، 4 ديسمبر 2026.*23:30 \| 4 ديسمبر 2026، 20:30 UTC$/)
    assert.match(evening('fa'), /2026.*23:30/)
    assert.match(evening('th'), /2026.*23:30/)
  })

  test('to the second where it is not on the minute, and at midnight as 00:00', () => {
    const beforeNoon = formatInstant('2026-12-04T11:59:59.000Z', 'UTC', 'en')
    const midnight = formatInstant('2026-12-05T00:00:00.000Z', 'UTC', 'en')
    assert.match(beforeNoon.local, /11:59:59$/)
    assert.match(midnight.local, /^Saturday 5 December 2026 at 00:00$/)
  })

  test('as a day in UTC, or in the zone that is asked for', () => {
    assert.equal(formatDay('2018-09-30T23:30:00.000Z', 'en'), '30 September 2018')
    assert.equal(formatDay('2018-09-30T23:30:00.000Z', 'en', 'Europe/Vienna'), '1 October 2018')
    assert.equal(formatDay('2018-09-30', 'ar'), '30 سبتمبر 2018')
  })
})
