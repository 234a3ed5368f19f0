import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { growthOf, periodOf, scaleFor } from '../../src/pictures/growth.ts'

const at = (iso: string) => Date.parse(iso)
const now = new Date('2026-11-21T12:00:00Z')
const deadline = { instant: '2026-12-04T12:00:00.000Z', zone: 'Europe/London' }
const undated = { opensAt: null, closesAt: null, closedAt: null }
const day = (name: string, n: number) => ({ day: name, type: 'individual' as const, n })

describe('the period of the chart', () => {
  test('reaches from the first on the list to the deadline, and says how far it is known', () => {
    const statement = { ...undated, closesAt: deadline }
    assert.deepEqual(periodOf(statement, [day('2026-11-03', 2)], now), {
      from: at('2026-11-03T00:00Z'),
      to: at('2026-12-05T00:00Z'),
      until: at('2026-11-22T00:00Z'),
      closes: at(deadline.instant),
    })
  })

  test('begins when signing was opened', () => {
    const opensAt = { instant: '2026-11-01T09:00:00.000Z', zone: 'UTC' }
    const { from } = periodOf({ ...undated, opensAt }, [day('2026-11-03', 2)], now)
    assert.equal(from, at('2026-11-01T00:00Z'))
  })

  test('ends with the last on the list where that is after the deadline', () => {
    const statement = { ...undated, closesAt: { ...deadline, instant: '2026-11-10T12:00:00.000Z' } }
    const { to, until } = periodOf(statement, [day('2026-11-11', 1)], now)
    assert.deepEqual([to, until], [at('2026-11-18T00:00Z'), at('2026-11-12T00:00Z')])
  })

  test('does not go on after the deadline on its last day', () => {
    const statement = { ...undated, closesAt: { ...deadline, instant: '2026-11-21T18:00:00.000Z' } }
    assert.equal(periodOf(statement, [], now).until, at('2026-11-21T18:00Z'))
  })

  test('is a week at least', () => {
    const { from, to } = periodOf(undated, [day('2026-11-21', 5)], now)
    assert.equal(to - from, 7 * 86_400_000)
  })
})

test('the line rises within the days on which somebody came, and stays level between', () => {
  const days = [day('2026-11-18', 2), day('2026-11-20', 3)]
  const points = growthOf(days, periodOf(undated, days, now))
  assert.deepEqual(
    points.map(([instant, sum]) => `${new Date(instant).toISOString().slice(8, 10)}: ${sum}`),
    ['18: 0', '18: 0', '19: 2', '20: 2', '21: 5', '22: 5'],
  )
})

test('the scale has round numbers and at most five lines above zero', () => {
  const scales = [0, 1, 3, 5, 6, 41, 229, 3802].map((n) => scaleFor(n))
  assert.deepEqual(
    scales.map(({ top, step }) => `${top}/${step}`),
    ['1/1', '1/1', '3/1', '5/1', '6/2', '50/10', '250/50', '4000/1000'],
  )
})
