import assert from 'node:assert/strict'
import { describe, test } from 'node:test'

import { demoEndorsers } from '../../src/demo/cast.ts'

const SEEDS = [1, 2, 7, 42, 2026]

function shareOf<T>(list: readonly T[], wanted: (item: T) => boolean): number {
  return list.filter(wanted).length / list.length
}

describe('the cast of the demo', () => {
  test('has exactly as many endorsers as asked for', () => {
    for (const howMany of [0, 1, 40, 300, 1000]) {
      assert.equal(demoEndorsers(howMany, 1).length, howMany)
    }
  })

  test('is the same for the same seed and another for another', () => {
    assert.deepEqual(demoEndorsers(50, 7), demoEndorsers(50, 7))
    assert.notDeepEqual(demoEndorsers(50, 7), demoEndorsers(50, 8))
  })

  test('shares no name and no mailbox, even when the lists run out', () => {
    const cast = demoEndorsers(5000, 3)
    assert.equal(new Set(cast.map(({ name }) => name)).size, 5000)
    assert.equal(new Set(cast.map(({ email }) => email)).size, 5000)
  })

  test('comes from at least 40 countries in 300, and speaks all five languages', () => {
    for (const seed of SEEDS) {
      const cast = demoEndorsers(300, seed)
      const countries = cast.map(({ country }) => country).filter((code) => /^[A-Z]{2}$/.test(code))
      assert.ok(new Set(countries).size >= 40, `seed ${seed}: ${new Set(countries).size}`)
      assert.equal(new Set(cast.map(({ language }) => language)).size, 5)
    }
  })

  test('is about three quarters organisations and one eighth withheld', () => {
    for (const seed of SEEDS) {
      const cast = demoEndorsers(300, seed)
      const organisations = shareOf(cast, ({ type }) => type === 'organisation')
      const withheld = shareOf(cast, ({ visibility }) => visibility === 'withheld')
      assert.ok(Math.abs(organisations - 0.75) < 0.08, `seed ${seed}: ${organisations}`)
      assert.ok(Math.abs(withheld - 0.12) < 0.06, `seed ${seed}: ${withheld}`)
    }
  })

  test('fills only the fields that apply to organisations or to individuals', () => {
    for (const endorser of demoEndorsers(300, 5)) {
      if (endorser.type === 'organisation') {
        assert.ok(endorser.contactName)
        assert.equal(endorser.role ?? endorser.affiliation, null)
        assert.match(endorser.country, /^([A-Z]{2}|regional|international)$/)
      } else {
        assert.equal(endorser.contactName ?? endorser.website ?? endorser.organisationKind, null)
        assert.match(endorser.country, /^([A-Z]{2}|undisclosed)$/)
      }
    }
  })

  test('writes names in NFC without a placeholder left, and only .example addresses', () => {
    for (const { name, email, website } of demoEndorsers(1000, 11)) {
      assert.equal(name, name.normalize('NFC').trim())
      assert.doesNotMatch(name, /[{}]/)
      assert.match(email, /^[a-z]+@[a-z0-9-]{1,50}\.example$/)
      if (website !== null) assert.match(website, /^https:\/\/[a-z0-9-]+\.example$/)
    }
  })

  test('confirms over ten days, earliest first, half of them in the last three', () => {
    const minutes = demoEndorsers(300, 9).map(({ minutesBeforeNow }) => minutesBeforeNow)
    assert.deepEqual(
      minutes,
      minutes.toSorted((a, b) => b - a),
    )
    assert.ok(minutes.every((ago) => Number.isInteger(ago) && ago > 0 && ago <= 14_402))
    assert.ok(shareOf(minutes, (ago) => ago <= 3 * 24 * 60) > 0.5)
  })
})
