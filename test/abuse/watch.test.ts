// How the watch counts: by mailboxes, for about an hour, and blind to what is everybody's.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { networkOf, publicNetworkOf } from '../../src/abuse/networks.ts'
import { Pacer } from '../../src/abuse/pacer.ts'
import { Distinct } from '../../src/abuse/recent.ts'
import { many } from '../../src/abuse/signals.ts'
import { openWatch, type Watched } from '../../src/abuse/watch.ts'
import { readConfig } from '../../src/config.ts'
import { parseEmailAddress } from '../../src/text/email-address.ts'
import { TestClock } from '../support/clock.ts'

function openTestWatch(env: Record<string, string> = {}) {
  const clock = new TestClock('2026-11-21T12:00:00Z')
  const watch = openWatch({ clock, config: readConfig(env), processes: { doing: () => 1 } })
  const judge = (email: string, more: Partial<Watched> = {}) => {
    const address = parseEmailAddress(email)
    assert.ok(address.ok, email)
    const usual = { ip: null, hasProof: false, statementId: 'one', text: email, isTrapped: false }
    const judged = watch.judge({ ...usual, address: address.value, ...more })
    const waits = (judged.mailDueAt.getTime() - clock.now().getTime()) / 1000
    return { ...judged, waits }
  }
  return { clock, judge }
}

/** more mailboxes than any signal needs */
const crowd = many.ofNetwork + 20

const tor = { ip: '198.51.100.4' }

describe('the watch', () => {
  test('counts a mailbox once, however often its form is sent', () => {
    const { judge } = openTestWatch()
    for (let times = 0; times < crowd; times += 1) judge('one@small.example', tor)
    for (let n = 0; n < 3; n += 1) {
      assert.deepEqual(judge(`other-${n}@small.example`, { ...tor, text: 'same' }).flags, [])
    }
  })

  test('takes a crowd of one small domain in one network for abuse, others there not', () => {
    const { judge } = openTestWatch()
    for (let n = 0; n < crowd; n += 1) judge(`robot-${n}@flood.example`, tor)
    assert.deepEqual(judge('robot@flood.example', tor).flags, ['domain-burst', 'crowded-network'])
    assert.deepEqual(judge('nurse@clinic.example', tor).flags, [])
    assert.deepEqual(judge('member@flood.example', { ip: '192.0.2.1' }).flags, [])
  })

  test('expects many mailboxes from a big provider', () => {
    const { judge } = openTestWatch()
    for (let n = 0; n < crowd; n += 1) judge(`person${n}@gmail.com`, tor)
    assert.deepEqual(judge('jose@gmail.com', tor).flags, [])
  })

  test('knows disposable mailboxes, which are no crime alone', () => {
    const { judge } = openTestWatch()
    const text = 'Buy now'
    for (let n = 0; n < many.ofText; n += 1) judge(`n${n}@mailinator.com`, { text })
    assert.deepEqual(judge('one@mailinator.com', { text }).flags, [
      'disposable-domain',
      'repeated-text',
    ])
    assert.deepEqual(judge('quiet@mailinator.com').flags, [])
  })

  test('forgets after an hour or so', () => {
    const { judge, clock } = openTestWatch()
    for (let n = 0; n < crowd; n += 1) judge(`robot-${n}@flood.example`, tor)
    clock.advance({ hours: 1 })
    assert.deepEqual(judge('robot@flood.example', tor).flags, [])
  })

  test('does not look at networks that everybody comes from: proxies, Tor before an onion service', () => {
    const { judge } = openTestWatch()
    for (const ip of ['127.0.0.1', '::ffff:127.0.0.1', '::1', '10.1.2.3', 'fd00::1']) {
      for (let n = 0; n < crowd; n += 1) judge(`${n}@from-${ip.length}.example`, { ip })
      assert.deepEqual(judge('late@flood.example', { ip, text: ip }).flags, [])
    }
  })

  test('with LIMITS=off takes no signal', () => {
    const { judge } = openTestWatch({ LIMITS: 'off' })
    for (let n = 0; n < crowd; n += 1) judge(`robot-${n}@flood.example`, tor)
    const judged = judge('robot@flood.example', tor)
    assert.deepEqual([judged.flags, judged.waits, judged.isFlood], [[], 0, false])
    assert.deepEqual(judge('a@b.example', { isTrapped: true }).flags, [])
  })
})

describe('mails wait their turn', () => {
  test('when very many go to one domain from one network; no other domain waits', () => {
    const { judge } = openTestWatch()
    const waits = Array.from({ length: 80 }, (_, n) => judge(`r${n}@flood.example`, tor).waits)
    assert.deepEqual(
      waits.slice(0, 60),
      Array.from({ length: 60 }, () => 0),
    )
    assert.deepEqual(waits.slice(60, 63), [6, 12, 18])
    assert.equal(judge('nurse@clinic.example', tor).waits, 0)
    assert.equal(judge('member@flood.example', { ip: '192.0.2.1' }).waits, 0)
  })

  test('when very many go to different domains from one network; no other network waits', () => {
    const { judge } = openTestWatch()
    for (let n = 0; n < 300; n += 1) assert.equal(judge(`a@flood-${n}.example`, tor).waits, 0)
    const late = judge('nurse@clinic.example', tor)
    assert.deepEqual([late.waits, late.isFlood], [1, true])
    assert.equal(judge('doctor@clinic.example', { ip: '192.0.2.1' }).waits, 0)
  })

  test('never so long that who signed in time could not confirm', () => {
    const { judge } = openTestWatch()
    for (let n = 0; n < 20_000; n += 1) judge(`r${n}@flood.example`, tor)
    assert.equal(judge('last@flood.example', tor).waits, 12 * 3600)
  })

  test('and a form that is sent again neither jumps the queue nor makes others wait', () => {
    const { judge } = openTestWatch()
    for (let n = 0; n < 60; n += 1) judge(`r${n}@flood.example`, tor)
    assert.equal(judge('late@flood.example', tor).waits, 6)
    for (let n = 0; n < 20; n += 1) assert.equal(judge('late@flood.example', tor).waits, 6)
    assert.equal(judge('later@flood.example', tor).waits, 12)
  })
})

test('a pacer recovers as time goes by', () => {
  const pacer = new Pacer({ burst: 2, perMinute: 60 })
  assert.deepEqual(
    [1, 2, 3, 4].map(() => pacer.take('a', 0)),
    [0, 0, 1000, 2000],
  )
  assert.equal(pacer.take('b', 0), 0)
  assert.equal(pacer.take('a', 2000), 1000)
  assert.equal(pacer.take('a', 60_000), 0)
})

test('members are counted once, and no further than is asked for', () => {
  const distinct = new Distinct(1000, 3)
  assert.deepEqual(
    ['a', 'b', 'a', 'c', 'd', 'e'].map((who) => distinct.add('key', who, 0)),
    [1, 2, 2, 3, 3, 3],
  )
  assert.equal(distinct.add('key', 'a', 1500), 3, 'known from the span before')
  assert.equal(distinct.add('key', 'f', 1500), 4)
  assert.equal(distinct.add('key', 'a', 9000), 1, 'forgotten')
})

test('a network is a /24, or a /56 of IPv6', () => {
  assert.equal(networkOf('198.51.100.4'), networkOf('::ffff:198.51.100.250'))
  assert.notEqual(networkOf('198.51.100.4'), networkOf('198.51.101.4'))
  assert.equal(networkOf('2001:db8:1:2201::1'), networkOf('2001:db8:1:22ff:a:b:c:d'))
  assert.notEqual(networkOf('2001:db8:1:2201::1'), networkOf('2001:db8:1:2301::1'))
  assert.equal(publicNetworkOf('2001:db8::1'), networkOf('2001:db8::2'))
  assert.equal(publicNetworkOf('nonsense'), null)
})
