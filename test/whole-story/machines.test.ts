// Several processes of the site on one database, behind a balancer that keeps nobody with one of them.
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import pino from 'pino'
import { openContext } from '../../src/context.ts'
import { hideNames } from '../../src/endorsements/hide-names.ts'
import { startSite } from '../../src/main.ts'
import { switchOff, switchOn } from '../../src/switches/switches.ts'
import { parseEmailAddress } from '../../src/text/email-address.ts'
import { openBalancer } from '../support/balancer.ts'
import { listen } from '../support/live-listener.ts'
import { jose, somebody } from '../support/people.ts'
import { counts, sign, signAndConfirm } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'
import { tellStory } from '../support/story.ts'
import { until } from '../support/until.ts'

/** Two processes: contexts of their own, which share the database and nothing else. */
async function openTwo(): Promise<{ here: TestSite; there: TestSite; slug: string }> {
  const here = await openSite()
  const slug = await here.publish('naloxone-within-reach', { discreet: false })
  const log = pino({ level: 'silent' })
  const ctx = await openContext(here.config, { clock: here.clock, log })
  const other = await startSite(ctx, { background: false })
  after(() => other.stop())
  return { here, there: { ...here, ...other, ctx }, slug }
}

test('a process may leave the mails to others, and is ready all the same', async () => {
  const { config, clock } = await openSite()
  const ctx = await openContext(config, { clock, log: pino({ level: 'silent' }) })
  const site = await startSite(ctx, { background: true, deliversMail: false })
  after(() => site.stop())
  assert.equal(site.worker.state(), 'off')
  assert.equal((await fetch(`${site.address}/readyz`)).status, 200)
})

test('a story passes through a balancer that sends each request to another process', async () => {
  const { here, there, slug } = await openTwo()
  const balancer = await openBalancer([here.port, there.port])
  after(() => balancer.close())
  here.config.baseUrl = balancer.address
  await tellStory(balancer.address, slug, here.inbox, () => here.deliverMail())
  assert.ok(balancer.passed.every((n) => n > 5))
})

/** How many go before the first has to wait. */
function mailsAtOnce({ ctx, clock }: TestSite): number {
  const usual = { ip: null, hasProof: false, statementId: 'one', isTrapped: false }
  for (let n = 0; ; n += 1) {
    const text = `person-${n}@members.example`
    const address = parseEmailAddress(text)
    assert.ok(address.ok)
    const { mailDueAt } = ctx.watch.judge({ ...usual, text, address: address.value })
    if (mailDueAt > clock.now()) return n
  }
}

describe('two processes agree', async () => {
  const { here, there, slug } = await openTwo()
  const name = 'Counted Everywhere'
  const isListedThere = async () => {
    const page = await fetch(`${there.address}/statements/${slug}/signatories`)
    return (await page.text()).includes(name)
  }

  test('on counts, pages and live counts', async () => {
    assert.equal(await isListedThere(), false)
    const listener = await listen(`${there.address}/statements/${slug}/live`)
    await listener.heard(1)
    here.clock.advance({ seconds: 2 })
    await signAndConfirm(here, slug, somebody({ name }))
    const isCounted = async () => (await counts(there, slug))['total'] === 1
    await until('the other one counts it', isCounted)
    await until('the other one lists it', isListedThere)
    await until('the other one tells it', () => listener.last?.data['total'] === 1)
    listener.close()
  })

  test('on names that are hidden', async () => {
    await hideNames(here.ctx, slug, 'everyone', 'test')
    await until('the name is gone', async () => !(await isListedThere()))
  })

  test('on what is switched off', async () => {
    assert.equal((await fetch(`${there.address}/statements/${slug}/endorse`)).status, 200)
    await switchOff(here.ctx, 'writing', 'test')
    here.clock.advance({ seconds: 1 })
    assert.equal((await sign(there, slug, somebody())).status, 503)
    await switchOn(here.ctx, 'writing', false, 'test')
    here.clock.advance({ seconds: 1 })
    assert.equal((await sign(there, slug, somebody())).status, 303)
  })

  test('on how many mails an address may get', async () => {
    here.inbox.clear()
    for (const site of [here, there, here, there]) await sign(site, slug, jose)
    for (const { worker } of [there, here]) while ((await worker.deliverDue()) > 0);
    assert.equal(here.inbox.matching(jose['email'] ?? '').length, 1)
  })

  test('on limits, of which each has its share', async () => {
    const both = [here, there].map(({ ctx }) => ctx.processes)
    // one after the other: two that share a thread cannot wait for each other (SQLite)
    const tick = async () => {
      for (const each of both) await each.tick()
    }
    const serving = () => both.map((each) => each.doing('serves'))
    assert.deepEqual(serving(), [1, 1])
    both.forEach((each) => each.join({ serves: true, delivers: false }))
    await tick()
    await tick()
    assert.deepEqual(serving(), [2, 2])
    // 1,500 mails about a statement go at once
    assert.deepEqual([mailsAtOnce(here), mailsAtOnce(there)], [750, 750])
    await there.ctx.processes.leave()
    await tick()
    assert.equal(here.ctx.processes.doing('serves'), 1)
  })
})
