import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPace } from '../../src/mail/pace.ts'

test('what is more than a statement may send in a minute waits for the next one', () => {
  const pace = openPace(2)
  const now = new Date('2026-11-21T12:00:10.000Z')
  pace.count('letter', now)
  assert.equal(pace.fullUntil('letter', now), null)
  pace.count('letter', now)
  assert.equal(pace.fullUntil('letter', now)?.toISOString(), '2026-11-21T12:01:00.000Z')
  assert.equal(pace.fullUntil('another', now), null, 'each statement has its own')
  assert.equal(pace.fullUntil('letter', new Date('2026-11-21T12:01:00.000Z')), null)
})
