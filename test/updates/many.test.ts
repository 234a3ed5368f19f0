// The sending of a big campaign, with a mail server on a bad day. What is replaced is the way to the
// mail server, which other tests go with every mail; 10,000 of them would take minutes there.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { issueLink } from '../../src/confirmations/links.ts'
import { findSubscriber, unsubscribe as stopUpdates } from '../../src/endorsements/unsubscribe.ts'
import type { Sent } from '../../src/mail/sender.ts'
import { isPostgres } from '../support/databases.ts'
import { insertMany } from '../support/many.ts'
import { openSite, type TestSite } from '../support/site.ts'
import { aMinute, publishUpdate, stateOf } from './campaign.ts'

// every step is the same on both databases; PostgreSQL only takes longer over as many
const many = isPostgres ? 1_500 : 10_000
const failingMinutes = 10
const restartAtMinute = 3
const leaveAtMinute = 2

const addressOf = (id: string) => `person-${id.replace('many-', '')}@many.example`

/** Every hundredth has not asked for updates. */
async function openCrowd() {
  const site = await openSite({ now: '2026-11-21T12:00:00.000Z' })
  const slug = await site.publish()
  await insertMany(site.ctx, slug, many)
  const { db } = site.ctx
  const asking = db.updateTable('endorsements').set({ updates: 1 })
  const asked = await asking.where('id', 'not like', '%00').returning('id').execute()
  return { site, slug, ids: asked.map(({ id }) => id).toSorted() }
}

/** Takes mails in place of the mail server; every second one fails until it is well again. */
function takeMails(site: TestSite) {
  const got: string[] = []
  const server = { isWell: false, tried: 0, got }
  site.ctx.sender = {
    close: () => undefined,
    async send({ to }): Promise<Sent> {
      server.tried += 1
      if (!server.isWell && server.tried % 2 === 0) return { outcome: 'temporary', fault: 'busy' }
      got.push(to)
      return { outcome: 'sent' }
    },
  }
  return server
}

async function unsubscribe(site: TestSite, ids: string[]): Promise<void> {
  for (const endorsementId of ids) {
    const wanted = { purpose: 'unsubscribe', endorsementId, mailId: 'updates' } as const
    const token = await issueLink(site.ctx.db, site.ctx, wanted)
    const own = await findSubscriber(site.ctx, token)
    assert.ok(own)
    await stopUpdates(site.ctx, own)
  }
}

/** A worker that died in the middle: its mails are claimed, and nobody sends them. */
async function killWorker(site: TestSite): Promise<void> {
  const dead = { state: 'claimed', claimed_by: 'dead' } as const
  await site.ctx.db.updateTable('outbox').set(dead).where('id', '<', 'M').execute()
}

test('with a server that fails every second mail for ten minutes, each who asked gets exactly one', async (t) => {
  const { site, slug, ids } = await openCrowd()
  const server = takeMails(site)
  const before = ids.slice(0, 20)
  const meanwhile = ids.slice(-20)
  await unsubscribe(site, before)
  const id = await publishUpdate(site, slug)
  let minutes = 0
  while ((await stateOf(site, id))?.state !== 'sent') {
    await aMinute(site)
    minutes += 1
    if (minutes === leaveAtMinute) await unsubscribe(site, meanwhile)
    if (minutes === restartAtMinute) await killWorker(site)
    if (minutes === failingMinutes) server.isWell = true
    assert.ok(minutes < 200, 'it comes to an end')
  }
  const left = new Set([...before, ...meanwhile])
  const expected = ids.filter((each) => !left.has(each)).map(addressOf)
  assert.equal(new Set(server.got).size, server.got.length, 'nobody gets it twice')
  assert.deepEqual(server.got.toSorted(), expected.toSorted(), 'everybody who asked gets it')
  assert.ok(server.tried > server.got.length + 300, 'the server failed often')
  assert.ok(minutes >= many / 300, 'not faster than mail servers like')
  t.diagnostic(`${server.got.length} mails, ${server.tried} tries, ${minutes} minutes`)
})
