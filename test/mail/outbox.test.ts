import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { claimDue } from '../../src/mail/outbox-store.ts'
import { openInbox } from '../support/inbox.ts'
import { somebody } from '../support/people.ts'
import { linkIn, post, sign } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

async function waiting(site: TestSite) {
  return site.ctx.db.selectFrom('outbox').selectAll().execute()
}

/** Somebody signs; returns the address. The mail is not sent yet. */
async function signed(site: TestSite, slug: string): Promise<string> {
  const answers = somebody()
  assert.equal((await sign(site, slug, answers)).status, 303)
  return answers['email'] ?? ''
}

describe('a mail', () => {
  test('waits in the outbox, goes out once and leaves nothing behind', async () => {
    const site = await openSite()
    const address = await signed(site, await site.publish())
    assert.deepEqual(
      (await waiting(site)).map(({ state, kind, attempts }) => [state, kind, attempts]),
      [['queued', 'sign-on', 0]],
    )
    await site.deliverMail()
    await site.deliverMail()
    assert.equal(site.inbox.matching(address).length, 1)
    assert.deepEqual(await waiting(site), [])
  })

  test('is not queued when what it tells was not recorded', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const response = await sign(site, slug, somebody({ consent: '' }))
    assert.equal(response.status, 422)
    assert.deepEqual(await waiting(site), [])
  })

  test('that cannot be prepared holds up no other, and is tried again', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const broken = await signed(site, slug)
    const [row] = await waiting(site)
    const sealed = row?.recipient_sealed ?? ''
    await site.ctx.db.updateTable('outbox').set({ recipient_sealed: 'broken' }).execute()
    const whole = await signed(site, slug)
    await site.deliverMail()
    assert.equal(site.inbox.matching(whole).length, 1)
    assert.deepEqual(
      (await waiting(site)).map(({ state, fault }) => [state, fault]),
      [['queued', 'preparation']],
    )
    const told = site.log.find((line) => line.includes('could not be prepared')) ?? ''
    assert.match(told, /not sealed with a key of this site/)

    await site.ctx.db.updateTable('outbox').set({ recipient_sealed: sealed }).execute()
    site.clock.advance({ minutes: 1 })
    await site.deliverMail()
    assert.equal(site.inbox.matching(broken).length, 1)
  })

  test('sent a second time, because its worker died in between, is recognisably the same', async () => {
    const site = await openSite()
    const address = await signed(site, await site.publish())
    const [row] = await waiting(site)
    assert.ok(row)
    await site.deliverMail()
    await site.ctx.db
      .insertInto('outbox')
      .values({ ...row, state: 'claimed', claimed_by: 'dead', attempts: 1 })
      .execute()
    await site.deliverMail()
    const [first, second] = site.inbox.matching(address)
    assert.ok(first && second)
    assert.equal(second.headers.get('message-id'), first.headers.get('message-id'))
    assert.equal(second.text, first.text)
    const confirmed = await post(site, linkIn(first, 'confirm'), { decision: 'confirm' })
    assert.equal(confirmed.status, 303)
  })
})

describe('when the mail server', () => {
  test('is away, mails wait, and arrive once when it is back', async () => {
    const site = await openSite()
    const { port } = site.inbox
    await site.inbox.close()
    const address = await signed(site, await site.publish())
    await site.deliverMail()
    site.clock.advance({ seconds: 59 })
    await site.deliverMail()
    assert.deepEqual(
      (await waiting(site)).map(({ state, attempts }) => [state, attempts]),
      [['queued', 1]],
    )
    const back = await openInbox({ port })
    site.clock.advance({ seconds: 1 })
    await site.deliverMail()
    await site.deliverMail()
    assert.equal(back.matching(address).length, 1)
    assert.deepEqual(await waiting(site), [])
    await back.close()
  })

  test('says "later", it is asked again after longer and longer pauses', async () => {
    const site = await openSite()
    const address = await signed(site, await site.publish())
    site.inbox.answer = 'temporary'
    const pauses: number[] = []
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      await site.deliverMail()
      const [row] = await waiting(site)
      assert.equal(row?.attempts, attempt)
      pauses.push((Date.parse(row?.due_at ?? '') - site.clock.now().getTime()) / 60_000)
      site.clock.set(row?.due_at ?? '')
    }
    assert.deepEqual(pauses, [1, 2, 5, 15, 30, 60, 120, 240, 240, 240])
    site.inbox.answer = 'accept'
    await site.deliverMail()
    assert.equal(site.inbox.matching(address).length, 1)
  })

  for (const [answerAt, answer] of [
    ['recipient', 'temporary'],
    ['data', 'temporary'],
    ['data', 'close'],
    ['sender', 'temporary'],
    ['sender', 'permanent'],
  ] as const) {
    test(`answers "${answer}" at the ${answerAt}, the mail is tried again`, async () => {
      const site = await openSite()
      const address = await signed(site, await site.publish())
      Object.assign(site.inbox, { answerAt, answer })
      await site.deliverMail()
      assert.deepEqual(
        (await waiting(site)).map(({ state }) => state),
        ['queued'],
      )
      site.inbox.answer = 'accept'
      site.clock.advance({ minutes: 1 })
      await site.deliverMail()
      assert.equal(site.inbox.matching(address).length, 1)
    })
  }

  for (const answerAt of ['recipient', 'data'] as const) {
    test(`refuses the ${answerAt} for good, the mail is given up and forgets for whom it was`, async () => {
      const site = await openSite()
      const address = await signed(site, await site.publish())
      Object.assign(site.inbox, { answerAt, answer: 'permanent' })
      await site.deliverMail()
      const [row] = await waiting(site)
      assert.equal(row?.state, 'failed')
      assert.equal(row?.recipient_sealed, '')
      assert.match(row?.fault ?? '', / 550$/)
      site.inbox.answer = 'accept'
      site.clock.advance({ days: 1 })
      await site.deliverMail()
      assert.equal(site.inbox.matching(address).length, 0)
      assert.doesNotMatch(site.log.join(''), new RegExp(address))
    })
  }

  test('refuses one recipient, the others get their mails', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const addresses = [await signed(site, slug), await signed(site, slug), await signed(site, slug)]
    site.inbox.answer = (recipient) => (recipient === addresses[1] ? 'permanent' : 'accept')
    await site.deliverMail()
    assert.deepEqual(
      addresses.map((address) => site.inbox.matching(address).length),
      [1, 0, 1],
    )
  })

  test('never takes it, a mail is given up after three days of trying, not before', async () => {
    const site = await openSite()
    await signed(site, await site.publish())
    const start = site.clock.now().getTime()
    site.inbox.answer = 'temporary'
    for (;;) {
      await site.deliverMail()
      const [row] = await waiting(site)
      assert.ok(row)
      if (row.state === 'failed') break
      site.clock.set(row.due_at)
    }
    const days = (site.clock.now().getTime() - start) / 86_400_000
    assert.ok(days > 2.5 && days < 4, `${days} days`)
  })
})

describe('a mail that another worker has claimed', () => {
  test('is left alone for its lease, then taken over', async () => {
    const site = await openSite()
    const address = await signed(site, await site.publish())
    const now = site.clock.now()
    const claimed = await claimDue(site.ctx.db, {
      worker: 'one that dies',
      now: now.toISOString(),
      leaseUntil: new Date(now.getTime() + 30_000).toISOString(),
      limit: 20,
    })
    assert.equal(claimed.length, 1)
    site.clock.advance({ seconds: 29 })
    await site.deliverMail()
    assert.equal(site.inbox.matching(address).length, 0)
    site.clock.advance({ seconds: 1 })
    await site.deliverMail()
    assert.equal(site.inbox.matching(address).length, 1)
  })
})
