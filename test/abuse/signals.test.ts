// What makes a sign-on suspect (product.md S-6).
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { many, type Seen, signalsOf, suspicionsOf } from '../../src/abuse/signals.ts'

const nothing: Seen = {
  isTrapped: false,
  isDisposable: false,
  ofDomain: 1,
  ofText: 1,
  ofNetwork: 1,
  hasProof: false,
}
const crowd = { ofNetwork: 10 * many.ofNetwork }
const burst = { ofDomain: many.ofDomain }
const repeated = { ofText: many.ofText }

const anything = fc.record<Seen>({
  isTrapped: fc.boolean(),
  isDisposable: fc.boolean(),
  ofDomain: fc.nat(2 * many.ofDomain),
  ofText: fc.nat(2 * many.ofText),
  ofNetwork: fc.nat(2 * many.ofNetwork),
  hasProof: fc.boolean(),
})

describe('nobody is suspect', () => {
  const harmless: [string, Partial<Seen>][] = [
    ['who signs alone', {}],
    ['for sharing a network with very many', crowd],
    ['for a disposable mailbox behind such a network', { ...crowd, isDisposable: true }],
    ['for a disposable mailbox', { isDisposable: true }],
    ['for a mailbox in a domain from which very many sign', burst],
    ['for a common name', repeated],
    ['for a common name behind a shared network', { ...repeated, ...crowd }],
  ]
  for (const [why, seen] of harmless) {
    test(why, () => assert.deepEqual(suspicionsOf({ ...nothing, ...seen }), []))
  }
})

describe('suspect is', () => {
  const suspicious: [string, Partial<Seen>, string[]][] = [
    ['who fills in the trap', { isTrapped: true }, ['honeypot']],
    ['a machine that calculates as well', { isTrapped: true, hasProof: true }, ['honeypot']],
    [
      'a crowd of one domain in one network',
      { ...burst, ...crowd },
      ['domain-burst', 'crowded-network'],
    ],
    [
      'one name from many disposable mailboxes',
      { ...repeated, isDisposable: true },
      ['disposable-domain', 'repeated-text'],
    ],
    [
      'a crowd of one domain with one name',
      { ...burst, ...repeated },
      ['domain-burst', 'repeated-text'],
    ],
  ]
  for (const [who, seen, flags] of suspicious) {
    test(who, () => assert.deepEqual(suspicionsOf({ ...nothing, ...seen }), flags))
  }
})

test('a proof of work speaks for somebody', () => {
  const seen = { ...nothing, ...burst, ...crowd }
  assert.notDeepEqual(suspicionsOf(seen), [])
  assert.deepEqual(suspicionsOf({ ...seen, hasProof: true }), [])
})

test('a proof of work never speaks against anybody', () => {
  fc.assert(
    fc.property(anything, (seen) => {
      const [without, withProof] = [false, true].map((hasProof) =>
        suspicionsOf({ ...seen, hasProof }),
      )
      if (without?.length === 0) assert.deepEqual(withProof, [])
    }),
  )
})

test('one signal alone is never enough, except the trap', () => {
  fc.assert(
    fc.property(anything, (seen) => {
      const signals = signalsOf(seen)
      if (signals.length <= 1 && !seen.isTrapped) assert.deepEqual(suspicionsOf(seen), [])
    }),
  )
})

test('a further signal never makes anybody less suspect', () => {
  fc.assert(
    fc.property(anything, (seen) => {
      if (suspicionsOf(seen).length === 0) return
      for (const more of [{ isDisposable: true }, burst, repeated, crowd, { isTrapped: true }]) {
        assert.notDeepEqual(suspicionsOf({ ...seen, ...more }), [])
      }
    }),
  )
})
