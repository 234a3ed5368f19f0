import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { prune } from '../../src/privacy/retention.ts'
import { rowsByTable } from '../support/dump.ts'
import { somebody } from '../support/people.ts'
import { counts, post, sign, signAndConfirm, signAndGetLink } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

const lasting = { opensAt: null, closesAt: null }

async function openLasting() {
  const site = await openSite()
  return { site, slug: await site.publish('naloxone-within-reach', lasting) }
}

async function rowsIn(site: TestSite, table: string): Promise<number> {
  return (await rowsByTable(site))[table]?.length ?? -1
}

describe('what was not confirmed', () => {
  test('is deleted after 14 days, with its evidence and its links, and not before', async () => {
    const { site, slug } = await openLasting()
    await signAndGetLink(site, slug, somebody())
    const here = async () =>
      Promise.all(['endorsements', 'consents', 'tokens'].map((table) => rowsIn(site, table)))
    site.clock.advance({ days: 13, hours: 23, minutes: 59 })
    assert.equal((await prune(site.ctx))['pending'], 0)
    assert.deepEqual(await here(), [1, 1, 1])
    site.clock.advance({ minutes: 2 })
    assert.equal((await prune(site.ctx))['pending'], 1)
    assert.deepEqual(await here(), [0, 0, 0])
  })

  test('is all that is deleted: who has confirmed stays, and is counted', async () => {
    const { site, slug } = await openLasting()
    await signAndConfirm(site, slug, somebody())
    site.clock.advance({ days: 100 })
    await prune(site.ctx)
    assert.equal(await rowsIn(site, 'endorsements'), 1)
    assert.equal((await counts(site, slug))['total'], 1)
  })

  test('can be signed again after its deletion', async () => {
    const { site, slug } = await openLasting()
    const answers = somebody()
    await sign(site, slug, answers)
    site.clock.advance({ days: 15 })
    await prune(site.ctx)
    site.inbox.clear()
    await signAndConfirm(site, slug, answers)
    assert.equal((await counts(site, slug))['total'], 1)
  })
})

test('a mailbox that said "this was not me" gets no mail for a year, then is forgotten', async () => {
  const { site, slug } = await openLasting()
  const answers = somebody()
  const link = await signAndGetLink(site, slug, answers)
  await post(site, link, { decision: 'not-me' })
  site.inbox.clear()
  site.clock.advance({ days: 364 })
  await prune(site.ctx)
  await sign(site, slug, answers)
  await site.deliverMail()
  assert.deepEqual(site.inbox.mails, [])
  assert.equal(await rowsIn(site, 'suppressions'), 1)

  site.clock.advance({ days: 1 })
  await prune(site.ctx)
  assert.equal(await rowsIn(site, 'suppressions'), 0)
  await signAndGetLink(site, slug, answers)
})

test('how many mails an address got is forgotten after 14 days', async () => {
  const { site, slug } = await openLasting()
  await signAndGetLink(site, slug, somebody())
  assert.equal(await rowsIn(site, 'mail_allowances'), 1)
  site.clock.advance({ days: 14, minutes: 1 })
  await prune(site.ctx)
  assert.equal(await rowsIn(site, 'mail_allowances'), 0)
})

test('that a mail failed for good is forgotten after 30 days', async () => {
  const { site, slug } = await openLasting()
  site.inbox.answer = 'permanent'
  await sign(site, slug, somebody())
  await site.deliverMail()
  assert.equal(await rowsIn(site, 'outbox'), 1)
  site.clock.advance({ days: 30, minutes: 1 })
  await prune(site.ctx)
  assert.equal(await rowsIn(site, 'outbox'), 0)
})
