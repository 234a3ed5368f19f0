import { test } from 'node:test'
import assert from 'node:assert/strict'
import { TestClock } from './clock.ts'

test('the clock stands still until it is moved', () => {
  const clock = new TestClock('2026-12-04T11:59:59.999Z')
  assert.equal(clock.now().toISOString(), '2026-12-04T11:59:59.999Z')
  clock.advance({ ms: 1 })
  assert.equal(clock.now().toISOString(), '2026-12-04T12:00:00.000Z')
  clock.advance({ days: 1, hours: 1, minutes: 1, seconds: 1 })
  assert.equal(clock.now().toISOString(), '2026-12-05T13:01:01.000Z')
  clock.set('2026-03-29T02:00:00+02:00')
  assert.equal(clock.now().toISOString(), '2026-03-29T00:00:00.000Z')
})

test('the clock refuses a time whose zone would depend on the machine', () => {
  assert.throws(() => new TestClock('2026-12-04T12:00'), /Not an instant/)
  assert.throws(() => new TestClock('noon'), /Not an instant/)
})
