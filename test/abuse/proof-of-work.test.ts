// The optional proof of work: it speaks for somebody who would be suspect, and nobody needs it.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { load } from 'cheerio'
import { askForProof } from '../../src/abuse/ask-for-proof.ts'
import { many } from '../../src/abuse/signals.ts'
import { parseEmailAddress } from '../../src/text/email-address.ts'
import { dumpOf, rowsByTable } from '../support/dump.ts'
import { jose, somebody } from '../support/people.ts'
import { type Proof, solvedProof } from '../support/proof.ts'
import { counts, linkIn, post, sign } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

type Answers = Record<string, string>

const name = 'Common Name'
let boxes = 0
/** One more with the same name and a mailbox that is thrown away: together that is suspect. */
const doubtful = (): Answers => ({
  ...somebody({ name, email: `box-${(boxes += 1)}@mailinator.com` }),
})
/** Where somebody signs, and how long their mail waits its turn there. */
const quietPlace = { ip: '192.0.2.1', minutes: 0 }
const tor = { ip: '198.51.100.4', minutes: 15 }

const sent = (proof: Proof) => ({ proof: JSON.stringify(proof) })

async function openUnderAttack() {
  const site = await openSite({ env: { TRUST_PROXY: '1' } })
  const slug = await site.publish()
  await askForProof(site.ctx, slug, true, 'test')
  await attack(site, slug)
  return { site, slug }
}

async function attack(site: TestSite, slug: string): Promise<void> {
  for (let n = 0; n < many.ofText; n += 1) await sign(site, slug, doubtful())
}

/** Whether a sign-on is counted once it is confirmed; every one gets the same answers. */
async function isCounted(site: TestSite, slug: string, answers: Answers, place = quietPlace) {
  const form = { ...answers, checked: 'yes' }
  const forwarded = { 'x-forwarded-for': place.ip }
  const signed = await post(site, `/statements/${slug}/endorse`, form, forwarded)
  assert.equal(signed.status, 303)
  assert.equal(signed.headers.get('location'), `/statements/${slug}/check-your-inbox`)
  return isCountedOnceConfirmed(site, slug, answers['email'] ?? '', place.minutes)
}

async function isCountedOnceConfirmed(
  site: TestSite,
  slug: string,
  email: string,
  minutes: number,
) {
  site.clock.advance({ minutes })
  await site.deliverMail()
  const link = linkIn(await site.inbox.waitFor(email), 'confirm')
  const before = Number((await counts(site, slug))['total'])
  assert.equal((await post(site, link, { decision: 'confirm' })).status, 303)
  return Number((await counts(site, slug))['total']) === before + 1
}

test('a solved proof speaks for somebody who would be suspect', async () => {
  const { site, slug } = await openUnderAttack()
  assert.equal(await isCounted(site, slug, doubtful()), false)
  const proof = await solvedProof(site, slug)
  assert.equal(await isCounted(site, slug, { ...doubtful(), ...sent(proof) }), true)
})

test('a proof still counts when the same form is sent twice, as impatient people do', async () => {
  const { site, slug } = await openUnderAttack()
  const answers = { ...doubtful(), ...sent(await solvedProof(site, slug)) }
  await sign(site, slug, answers)
  assert.equal(await isCounted(site, slug, answers), true)
})

describe('no help is a proof', () => {
  test('that was used for another mailbox', async () => {
    const { site, slug } = await openUnderAttack()
    const proof = sent(await solvedProof(site, slug))
    await sign(site, slug, { ...doubtful(), ...proof })
    assert.equal(await isCounted(site, slug, { ...doubtful(), ...proof }), false)
  })

  test('that many send at the same instant, but for one of them', async () => {
    const { site, slug } = await openUnderAttack()
    const proof = sent(await solvedProof(site, slug))
    const crowd = Array.from({ length: 8 }, () => ({ ...doubtful(), ...proof }))
    const before = (await flagsOf(site)).filter((flags) => flags === '[]').length
    await Promise.all(crowd.map((answers) => sign(site, slug, answers)))
    const after = (await flagsOf(site)).filter((flags) => flags === '[]').length
    assert.equal(after - before, 1)
  })

  test('that has expired', async () => {
    const { site, slug } = await openUnderAttack()
    const [early, late] = [await solvedProof(site, slug), await solvedProof(site, slug)]
    site.clock.advance({ hours: 2, minutes: -1 })
    await attack(site, slug)
    assert.equal(await isCounted(site, slug, { ...doubtful(), ...sent(early) }), true)
    site.clock.advance({ minutes: 1 })
    assert.equal(await isCounted(site, slug, { ...doubtful(), ...sent(late) }), false)
  })

  test('for another statement', async () => {
    const { site, slug } = await openUnderAttack()
    const other = await site.publish('community-monitoring-submission')
    await askForProof(site.ctx, other, true, 'test')
    const proof = sent(await solvedProof(site, other))
    assert.equal(await isCounted(site, slug, { ...doubtful(), ...proof }), false)
  })

  test('that is wrong, made easier, given another time, or no proof at all', async () => {
    const { site, slug } = await openUnderAttack()
    const { challenge, solution } = await solvedProof(site, slug)
    const { parameters } = challenge
    const wrong: unknown[] = [
      { challenge, solution: { ...solution, counter: solution.counter + 1 } },
      { challenge, solution: { ...solution, derivedKey: '00'.repeat(32) } },
      { challenge: { ...challenge, parameters: { ...parameters, cost: 1 } }, solution },
      {
        challenge: { ...challenge, parameters: { ...parameters, nonce: 'ab'.repeat(16) } },
        solution,
      },
      { challenge: { parameters }, solution },
      {
        challenge: { ...challenge, parameters: { ...parameters, data: { expires: 9e15 } } },
        solution,
      },
      { challenge: { ...challenge, signature: 'ab'.repeat(32) }, solution },
      null,
      [],
    ]
    const texts = [...wrong.map((each) => JSON.stringify(each)), 'yes', '{', ' ', '{"a":']
    for (const proof of texts) {
      assert.equal(await isCounted(site, slug, { ...doubtful(), proof }), false, proof)
    }
  })

  test('where none is asked for any more', async () => {
    const { site, slug } = await openUnderAttack()
    const proof = sent(await solvedProof(site, slug))
    await askForProof(site.ctx, slug, false, 'test')
    assert.equal(await isCounted(site, slug, { ...doubtful(), ...proof }), false)
  })
})

const flagsOf = async (site: TestSite) =>
  ((await rowsByTable(site))['endorsements'] ?? []).map(({ flags }) => flags)

describe('without a proof', () => {
  test('everything works the same without JavaScript', async () => {
    const { site, slug } = await openUnderAttack()
    const visitor = await site.visitor().open(`/statements/${slug}/endorse?as=individual`)
    assert.equal(visitor.text('[data-proof]'), '')
    const { type: _, consent: __, visibility, ...typed } = somebody()
    visitor
      .fill(typed)
      .choose('visibility', visibility ?? '')
      .tick('consent')
    await visitor.press('Check your answers')
    await visitor.press('Send my endorsement')
    assert.equal(new URL(visitor.url).pathname, `/statements/${slug}/check-your-inbox`)
    assert.equal(await isCountedOnceConfirmed(site, slug, typed['email'] ?? '', 0), true)
  })

  test('nobody is suspect for that, not with a disposable mailbox behind a Tor exit either', async () => {
    const { site, slug } = await openUnderAttack()
    for (let n = 0; n < many.ofNetwork + 10; n += 1) seenByTheWatch(site, slug, tor.ip, n)
    assert.equal(await isCounted(site, slug, somebody(), tor), true)
    const quiet = somebody({ email: 'quiet@mailinator.com' })
    assert.equal(await isCounted(site, slug, quiet, tor), true)
    assert.equal(await isCounted(site, slug, somebody({ name }), tor), true)
  })
})

/** One of very many mailboxes in all places that sign from one network. */
function seenByTheWatch(site: TestSite, statementId: string, ip: string, n: number): void {
  const address = parseEmailAddress(`person-${n}@place-${n}.example`)
  assert.ok(address.ok)
  const text = `Person ${n}`
  const seen = { statementId, ip, text, address: address.value, isTrapped: false, hasProof: false }
  site.ctx.watch.judge(seen)
}

describe('the form', () => {
  test('carries a calculation only where the statement asks for one', async () => {
    const { site, slug } = await openUnderAttack()
    const other = await site.publish('community-monitoring-submission')
    const asking = async (of: string) => {
      const path = `/statements/${of}/endorse?as=organisation`
      const $ = load(await (await fetch(site.address + path)).text())
      return [$('[data-challenge]').length, $('script[src$="proof.js"]').length]
    }
    assert.deepEqual(await asking(slug), [1, 1])
    assert.deepEqual(await asking(other), [0, 0])
  })

  test('keeps the proof on the page with the answers, on the way back, and beside faults', async () => {
    const { site, slug } = await openUnderAttack()
    const proof = JSON.stringify(await solvedProof(site, slug))
    const kept = async (more: Answers) => {
      const path = `/statements/${slug}/endorse`
      const answer = await post(site, path, { ...jose, proof, ...more })
      return load(await answer.text())('input[name=proof]').attr('value')
    }
    assert.equal(await kept({}), proof)
    assert.equal(await kept({ change: 'yes' }), proof)
    assert.equal(await kept({ email: 'nobody' }), proof)
  })

  test('asks for another calculation every time, and stores nothing for it', async () => {
    const { site, slug } = await openUnderAttack()
    const before = await dumpOf(site)
    const [one, two] = [await solvedProof(site, slug), await solvedProof(site, slug)]
    assert.notEqual(one.challenge.parameters.nonce, two.challenge.parameters.nonce)
    assert.equal(await dumpOf(site), before)
    await sign(site, slug, { ...somebody(), ...sent(one) })
    const after = await dumpOf(site)
    for (const secret of [one.challenge.parameters.nonce, one.solution.derivedKey]) {
      assert.ok(!after.includes(secret))
      assert.ok(!site.log.join('').includes(secret))
    }
  })
})
