// A whole campaign and the months after it: at each step exactly that is left which the privacy notice
// says (product.md P-9).
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { addressHashOf } from '../../src/endorsements/capacity.ts'
import { verifyLog } from '../../src/audit/audit.ts'
import { countPrunable, prune } from '../../src/privacy/retention.ts'
import { deliverStatement } from '../../src/statements/deliver.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { parseEmailAddress } from '../../src/text/email-address.ts'
import { openShell } from '../support/command.ts'
import { rowsByTable } from '../support/dump.ts'
import { someOrganisation, somebody } from '../support/people.ts'
import { openedRows } from '../support/rows.ts'
import {
  type Answers,
  counts,
  listed,
  post,
  signAndConfirm,
  signAndGetLink,
} from '../support/signing.ts'
import { openSite, type TestSite, testSecret } from '../support/site.ts'

const updates = 'yes'
/** Who signs, by what becomes of them. */
const cast = {
  organisation: someOrganisation({ name: 'Listed Alliance' }),
  organisationWithUpdates: someOrganisation({ name: 'Subscribed Alliance', updates }),
  person: somebody({ name: 'Listed Person' }),
  personWithUpdates: somebody({ name: 'Subscribed Person', updates }),
  withheld: somebody({ name: 'Withheld Person', visibility: 'withheld' }),
  withheldWithUpdates: somebody({ name: 'Withheld Subscriber', visibility: 'withheld', updates }),
  confidential: somebody({ name: 'Forgotten Person', visibility: 'confidential', updates }),
  held: somebody({ name: 'Xi Jinping' }),
  withdrawn: somebody({ name: 'Withdrawn Person', updates }),
  erased: somebody({ name: 'Erased Person' }),
  denied: somebody({ name: 'Denied Person' }),
  pending: somebody({ name: 'Pending Person' }),
}
type Name = keyof typeof cast

/** What is left of each: nothing, or the row and what can be read in it. */
type Left = Partial<Record<Name, string>>

async function campaign() {
  const site = await openSite({ env: { LIMITS: 'off' }, now: '2026-11-22T12:00:00.000Z' })
  const slug = await site.publish()
  const places = new Map<string, Name>()
  for (const name of Object.keys(cast) as Name[]) {
    if (name === 'pending' || name === 'denied') continue
    const own = await signAndConfirm(site, slug, cast[name])
    if (name === 'withdrawn') await post(site, own, { decision: 'withdraw' })
    if (name === 'erased') await post(site, own, { decision: 'erase' })
  }
  const denied = await signAndGetLink(site, slug, cast.denied)
  await post(site, denied, { decision: 'not-me' })
  await signAndGetLink(site, slug, cast.pending)
  await site.deliverMail()
  for (const row of await openedRows(site.ctx)) {
    const name = (Object.keys(cast) as Name[]).find(
      (each) => cast[each]['name'] === row.details?.name,
    )
    places.set(row.id, name ?? 'confidential')
  }
  return { site, slug, places }
}

type Campaign = Awaited<ReturnType<typeof campaign>>

async function left({ site, slug, places }: Campaign): Promise<Left> {
  const statement = await findStatement(site.ctx.db, slug)
  const stored = JSON.stringify(await rowsByTable(site))
  const all: Left = {}
  for (const row of await openedRows(site.ctx)) {
    const name = places.get(row.id) as Name
    const hash = hashOf(site, statement?.id ?? '', cast[name])
    all[name] = [
      row.details === null ? '' : 'name',
      row.details?.contactName ? 'contact' : '',
      row.address === null ? '' : 'address',
      stored.includes(hash) ? 'hash' : '',
    ]
      .filter(Boolean)
      .join(' ')
  }
  return all
}

function hashOf(site: TestSite, statementId: string, answers: Answers): string {
  const address = parseEmailAddress(answers['email'] ?? '')
  assert.ok(address.ok)
  return addressHashOf(site.ctx.vault, statementId, address.value.canonical)
}

/** Lets retention run at an instant, after seeing that a dry run tells the same and changes nothing. */
async function at({ site }: Campaign, instant: string) {
  site.clock.set(instant)
  const before = await rowsByTable(site)
  const expected = await countPrunable(site.ctx)
  assert.deepEqual(await rowsByTable(site), before)
  const pruned = await prune(site.ctx)
  assert.deepEqual(pruned, expected)
  const { pending, contacts, confidential, withdrawn, suppressions } = pruned
  return { pending, contacts, confidential, withdrawn, suppressions }
}

const nothing = { pending: 0, contacts: 0, confidential: 0, withdrawn: 0, suppressions: 0 }

const whileOpen: Left = {
  organisation: 'name contact address hash',
  organisationWithUpdates: 'name contact address hash',
  person: 'name address hash',
  personWithUpdates: 'name address hash',
  withheld: 'name address hash',
  withheldWithUpdates: 'name address hash',
  confidential: 'hash',
  held: 'name address hash',
  withdrawn: 'name address hash',
  pending: 'name address hash',
}
const afterGrace: Left = { ...whileOpen, confidential: '' }
const { pending: _, ...afterTwoWeeks } = afterGrace
const afterWithdrawing: Left = { ...afterTwoWeeks, withdrawn: '' }
const afterDelivery: Left = {
  ...afterWithdrawing,
  organisation: 'name',
  person: 'name',
  withheld: 'name',
  held: 'name',
}
const afterSixMonths: Left = {
  ...afterDelivery,
  organisationWithUpdates: 'name',
  personWithUpdates: 'name',
  withheldWithUpdates: 'name',
}

test('a whole campaign leaves, step by step, exactly what the privacy notice says', async (t) => {
  const all = await campaign()
  const { site, slug } = all
  const publicNames = await listed(site, slug)
  const numbers = await counts(site, slug)
  const consents = await site.ctx.db.selectFrom('consents').selectAll().execute()

  const step = (what: string, instant: string, expected: typeof nothing, then: Left) =>
    t.test(what, async () => {
      const before = new Date(Date.parse(instant) - 1).toISOString()
      assert.deepEqual(await at(all, before), nothing, 'one millisecond before')
      assert.deepEqual(await at(all, instant), expected)
      assert.deepEqual(await left(all), then)
      assert.deepEqual(await at(all, instant), nothing, 'once more')
    })

  await t.test('while it is open, all is kept', async () => {
    assert.deepEqual(await left(all), whileOpen)
  })
  await step('closing takes nothing', '2026-12-04T12:00:00.000Z', nothing, whileOpen)
  const grace = { ...nothing, confidential: 1 }
  await step('the end of the grace period', '2026-12-05T12:00:00.000Z', grace, afterGrace)
  const twoWeeks = { ...nothing, pending: 1 }
  const afterMinute = '2026-12-06T12:00:00.001Z'
  await step('14 days without confirming', afterMinute, twoWeeks, afterTwoWeeks)

  site.clock.set('2026-12-10T12:00:00.000Z')
  assert.equal(await deliverStatement(site.ctx, slug), 'delivered')
  const gone = { ...nothing, withdrawn: 1 }
  const afterLeaving = '2026-12-22T12:00:00.001Z'
  await step('30 days after withdrawing', afterLeaving, gone, afterWithdrawing)
  const delivered = { ...nothing, contacts: 4 }
  await step('30 days after delivery', '2027-01-09T12:00:00.000Z', delivered, afterDelivery)
  const sixMonths = { ...nothing, contacts: 3 }
  await step('6 months after closing', '2027-06-04T12:00:00.000Z', sixMonths, afterSixMonths)

  await t.test('public names, counts and evidence of consent stay as they were', async () => {
    assert.deepEqual(await listed(site, slug), publicNames)
    const { status: _then, ...then } = numbers
    const { status, ...now } = await counts(site, slug)
    assert.deepEqual(now, then)
    assert.equal(status, 'delivered')
    const pending = consents.length - 1
    const stay = await site.ctx.db.selectFrom('consents').selectAll().execute()
    assert.equal(stay.length, pending)
  })

  await t.test('a year after "This wasn\'t me", that is forgotten as well', async () => {
    const suppression = { ...nothing, suppressions: 1 }
    assert.deepEqual(await at(all, '2027-11-22T12:00:00.000Z'), suppression)
  })

  await t.test('no hash of any mailbox is left anywhere', async () => {
    const statement = await findStatement(site.ctx.db, slug)
    const stored = JSON.stringify(await rowsByTable(site))
    for (const [name, answers] of Object.entries(cast)) {
      for (const scope of [statement?.id ?? '', 'site']) {
        assert.ok(!stored.includes(hashOf(site, scope, answers)), name)
      }
    }
  })

  await t.test('every step is in the log and the audit log, without names', async () => {
    const audit = await site.ctx.db.selectFrom('audit_log').selectAll().orderBy('seq').execute()
    const details = audit.filter(({ action }) => action === 'pruned').map(({ detail }) => detail)
    assert.deepEqual(details, [
      '{"confidential":1}',
      '{"pending":1}',
      '{"withdrawn":1}',
      '{"contacts":4}',
      '{"contacts":3}',
      '{"suppressions":1}',
    ])
    assert.equal((await verifyLog(site.ctx.db)).ok, true)
    const log = site.log.filter((line) => line.includes('retention')).join('\n')
    assert.match(log, /"deleted":\{"contacts":4\}/)
    for (const answers of Object.values(cast)) {
      for (const trace of [answers['name'], answers['email']]) {
        assert.ok(!`${log}${JSON.stringify(audit)}`.includes(trace ?? '-'), trace)
      }
    }
  })
})

async function forgotten(changes: Answers = {}) {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish()
  const answers = someOrganisation({ name: 'Listed Alliance', ...changes })
  const own = await signAndConfirm(site, slug, answers)
  site.clock.set('2027-06-05T12:00:00.000Z')
  await site.tidy()
  return { site, slug, own, answers }
}

describe('after the contact data is gone', () => {
  test('the private link still corrects, and stores no contact data again', async () => {
    const { site, slug, own, answers } = await forgotten()
    const page = await site.visitor().open(own)
    assert.equal(page.$('[name=contact_name], [name=updates]').length, 0)
    await page.fill({ name: 'Renamed Alliance' }).press('decision=save')
    assert.equal(page.status, 200)
    assert.deepEqual(
      (await listed(site, slug)).map(({ name }) => name),
      ['Renamed Alliance'],
    )
    await post(site, own, { ...answers, updates: 'yes', decision: 'save' })
    const [row] = await openedRows(site.ctx)
    assert.deepEqual([row?.details?.contactName, row?.updates], [null, 0])
  })

  test('the private link still withdraws, and 30 days later the name is gone', async () => {
    const { site, slug, own } = await forgotten()
    await post(site, own, { decision: 'withdraw' })
    assert.deepEqual(await listed(site, slug), [])
    site.clock.advance({ days: 31 })
    await site.tidy()
    assert.equal((await openedRows(site.ctx))[0]?.details, null)
  })

  test('nobody is mailed a private link, because nobody knows to whom', async () => {
    const { site, answers } = await forgotten()
    site.inbox.clear()
    await post(site, '/find-my-endorsement', { email: answers['email'] ?? '' })
    await site.deliverMail()
    assert.deepEqual(site.inbox.mails, [])
  })
})

test('more than one batch is forgotten at once', async () => {
  const site = await openSite()
  const slug = await site.publish()
  await signAndConfirm(site, slug, somebody())
  const [one] = await site.ctx.db.selectFrom('endorsements').selectAll().execute()
  assert.ok(one)
  const more = Array.from({ length: 450 }, (_unused, n) => ({
    ...one,
    id: `copy-${n}`,
    capacity_hash: `copy-${n}`,
  }))
  await site.ctx.db.insertInto('endorsements').values(more).execute()
  site.clock.set('2027-06-05T12:00:00.000Z')
  assert.equal((await prune(site.ctx)).contacts, 451)
  assert.ok((await openedRows(site.ctx)).every(({ address }) => address === null))
})

test('undersigned prune --dry-run tells what would go, in numbers, and prune does it', async () => {
  const site = await openSite({ now: '2020-01-01T12:00:00.000Z', env: { LIMITS: 'off' } })
  const opensAt = { instant: '2020-01-01T00:00:00.000Z', zone: 'UTC' }
  const closesAt = { instant: '2020-02-01T00:00:00.000Z', zone: 'UTC' }
  const slug = await site.publish('naloxone-within-reach', { opensAt, closesAt })
  await signAndConfirm(site, slug, somebody({ name: 'Zebulon Quagga' }))
  const shell = openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret })
  const before = await rowsByTable(site)
  const dry = await shell.run('prune', '--dry-run')
  assert.equal(dry.code, 0, dry.stderr)
  assert.match(dry.stdout, /contact data of endorsements: 1 would be deleted/)
  assert.ok(!dry.stdout.includes('Quagga'))
  assert.deepEqual(await rowsByTable(site), before)
  const real = await shell.run('prune')
  assert.match(real.stdout, /contact data of endorsements: 1 deleted/)
  assert.equal((await openedRows(site.ctx))[0]?.address, null)
})
