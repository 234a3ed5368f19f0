import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { chartSize, lineOf, niceAbove, spanOf, stepsOf } from '../../src/overview/growth.ts'

const days = [
  { day: '2026-11-02', type: 'organisation', n: 2 },
  { day: '2026-11-02', type: 'individual', n: 5 },
  { day: '2026-11-06', type: 'organisation', n: 1 },
] as const
const times = {
  opens: '2026-11-01T10:00:00.000Z',
  closes: '2026-11-11T23:00:00.000Z',
  today: '2026-11-06T12:00:00.000Z',
}

describe('the growth of a statement', () => {
  test('goes from its opening to its deadline, and further for who came late', () => {
    assert.deepEqual(spanOf([...days], times), {
      from: '2026-11-01',
      to: '2026-11-11',
      stepDays: 1,
    })
    const late = [...days, { day: '2026-11-12', type: 'individual', n: 1 } as const]
    assert.equal(spanOf(late, { ...times, today: '2026-11-20' }).to, '2026-11-12')
    const imported = [{ day: '2026-10-01', type: 'individual', n: 1 } as const, ...days]
    assert.equal(spanOf(imported, times).from, '2026-10-01')
  })

  test('adds up to all who are counted', () => {
    const steps = stepsOf([...days], spanOf([...days], times))
    assert.deepEqual(steps, [
      {
        day: '2026-11-02',
        came: { organisation: 2, individual: 5 },
        sum: { organisation: 2, individual: 5 },
      },
      {
        day: '2026-11-06',
        came: { organisation: 1, individual: 0 },
        sum: { organisation: 3, individual: 5 },
      },
    ])
  })

  test('is told in weeks when there are too many days to read', () => {
    const long = { opens: '2026-01-01', closes: null, today: '2026-11-06' }
    const span = spanOf([...days], long)
    assert.equal(span.stepDays, 7)
    assert.ok(stepsOf([...days], span).every(({ sum }) => sum.organisation <= 3))
  })

  test('is drawn from where the language begins to read, with the deadline in it', () => {
    const span = spanOf([...days], times)
    const read = { closes: times.closes, today: times.today, isMirrored: false }
    const line = lineOf([...days], 'organisation', span, read)
    assert.deepEqual([line.most, line.deadline], [4, chartSize.width])
    assert.equal(line.line, 'M0 100L30 100L30 50L150 50L150 25L150 25')
    const mirrored = lineOf([...days], 'organisation', span, { ...read, isMirrored: true })
    assert.equal(mirrored.deadline, 0)
    assert.match(mirrored.line, /^M300 100L270 100/)
  })

  test('has a scale whose half is a whole number', () => {
    assert.deepEqual([0, 1, 3, 4, 5, 11, 214, 3802].map(niceAbove), [2, 2, 4, 4, 10, 20, 400, 4000])
  })
})
