// Instants tie rows together: who asks for their private links gets those of all statements at once, and
// an instant to the millisecond would tell a thief which rows belong to one mailbox (product.md P-3, P-5).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { confirmHours, manageDays } from '../../src/confirmations/links.ts'
import { rowsByTable } from '../support/dump.ts'
import { harbour, jose } from '../support/people.ts'
import { post, sign, signAndConfirm } from '../support/signing.ts'
import { openSite } from '../support/site.ts'

/** What is stored of endorsers, and not of statements or mails that wait. */
const tables = [
  'endorsements',
  'consents',
  'tokens',
  'mail_allowances',
  'sent_mails',
  'suppressions',
]

const isMinute = (instant: string) => instant.endsWith(':00.000Z')
const isDay = (instant: string) => instant.endsWith('T00:00:00.000Z')

/** One mailbox signs two statements and confirms, another signs both; both ask for their links. */
async function campaign() {
  const site = await openSite({ now: '2026-11-21T12:34:56.789Z' })
  for (const slug of ['naloxone-within-reach', 'community-monitoring-submission'] as const) {
    await site.publish(slug)
    await signAndConfirm(site, slug, harbour)
    await sign(site, slug, { ...jose, email: 'two@letters.example' })
    await site.deliverMail()
    site.inbox.clear()
    site.clock.advance({ minutes: 3, ms: 17 })
  }
  site.clock.advance({ minutes: 30 })
  const asked = site.clock.now()
  for (const email of [harbour['email'] ?? '', 'two@letters.example']) {
    await post(site, '/find-my-endorsement', { email })
  }
  await site.deliverMail()
  assert.equal(site.inbox.mails.length, 2)
  return { asked, rows: await rowsByTable(site) }
}

test('no instant about an endorser is kept finer than its minute, and none of long use than its day', async () => {
  const { asked, rows } = await campaign()
  const instants = tables.flatMap((table) =>
    (rows[table] ?? []).flatMap((row) =>
      Object.entries(row)
        .filter(([column, value]) => column.endsWith('_at') && value !== null)
        .map(([column, value]) => ({ place: `${table}.${column}`, row, instant: String(value) })),
    ),
  )
  assert.ok(instants.length > 20)
  assert.deepEqual(
    instants.filter(({ instant }) => !isMinute(instant)),
    [],
  )
  const isLong = /^(?:mail_allowances|sent_mails|suppressions)\.expires_at$/
  const long = instants.filter(
    ({ place, row }) => isLong.test(place) || row['purpose'] === 'manage',
  )
  assert.ok(long.length > 8)
  assert.deepEqual(
    long.filter(({ instant }) => !isDay(instant)),
    [],
  )

  const expiring = (purpose: string) =>
    (rows['tokens'] ?? [])
      .filter((row) => row['purpose'] === purpose && row['state'] === 'live')
      .map((row) => Date.parse(String(row['expires_at'])) - asked.getTime())
  assert.ok(
    expiring('manage').every((ms) => ms >= manageDays * 86_400_000),
    'not shorter',
  )
  assert.ok(
    expiring('confirm').every((ms) => ms >= confirmHours * 3_600_000),
    'not shorter',
  )
})
