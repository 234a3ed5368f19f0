// "Count me, and forget my name": what is left of whoever chose it.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { capacityHashOf, addressHashOf } from '../../src/endorsements/capacity.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { rowsByTable } from '../support/dump.ts'
import { someOrganisation, somebody } from '../support/people.ts'
import { openedRows } from '../support/rows.ts'
import { counts, listed, post, sign, signAndConfirm, signAndGetLink } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

const hidden = (answers = {}) =>
  somebody({
    name: 'Zebulon Quagga-Hidden',
    affiliation: 'Quagga Clinic',
    email: 'zebulon.quagga@hidden-mail.example',
    country: 'KE',
    visibility: 'confidential',
    updates: 'yes',
    ...answers,
  })

const traces = ['zebulon', 'quagga', 'hidden-mail']

/** All that is stored: rows and everything sealed in them, and the bytes of the files of SQLite. */
async function everything(site: TestSite): Promise<string> {
  const { folder } = site.database
  const files = folder === null ? [] : readdirSync(folder)
  return [
    JSON.stringify(await rowsByTable(site)),
    JSON.stringify(await openedRows(site.ctx)),
    ...files.map((file) => readFileSync(join(folder ?? '', file), 'latin1')),
  ]
    .join('\n')
    .toLowerCase()
}

async function openCampaign(discreet = false) {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish('naloxone-within-reach', { discreet })
  return { site, slug }
}

async function onlyRow(site: TestSite) {
  const [row] = await openedRows(site.ctx)
  assert.ok(row)
  return row
}

describe('a confidential endorsement', () => {
  test('is counted, and named nowhere', async () => {
    const { site, slug } = await openCampaign()
    await signAndConfirm(site, slug, hidden())
    const { total, individuals, countries, withheld } = await counts(site, slug)
    assert.deepEqual([total, individuals, countries, withheld], [1, 1, 1, 1])
    assert.deepEqual(await listed(site, slug), [])
  })

  test('leaves nothing to read in the database, not even with the key', async () => {
    const { site, slug } = await openCampaign()
    await signAndConfirm(site, slug, hidden())
    const { address, details, address_sealed, details_sealed, flags, updates } = await onlyRow(site)
    assert.deepEqual([address, details, address_sealed, details_sealed], [null, null, '', ''])
    assert.deepEqual([flags, updates], ['[]', 0])
    const found = await everything(site)
    for (const trace of traces) assert.ok(!found.includes(trace), trace)
  })

  test('leaves not even what was sealed in the files', async () => {
    const { site, slug } = await openCampaign()
    const link = await signAndGetLink(site, slug, hidden())
    const { address_sealed, details_sealed } = await onlyRow(site)
    await post(site, link, { decision: 'confirm' })
    const found = await everything(site)
    for (const sealed of [address_sealed, details_sealed]) {
      assert.ok(!found.includes(sealed.toLowerCase()))
    }
  })

  test('keeps the evidence of consent', async () => {
    const { site, slug } = await openCampaign()
    await signAndConfirm(site, slug, hidden())
    const consent = await site.ctx.db.selectFrom('consents').selectAll().executeTakeFirstOrThrow()
    assert.equal(consent.publishing, 1)
    assert.match(consent.notice_hash, /^[0-9a-f]{64}$/)
  })

  test('cannot be given twice while the statement is open', async () => {
    const { site, slug } = await openCampaign()
    await signAndConfirm(site, slug, hidden())
    site.inbox.clear()
    await sign(site, slug, hidden({ email: 'Zebulon.Quagga@Hidden-Mail.example' }))
    await site.deliverMail()
    const [mail] = site.inbox.mails
    assert.match(mail?.text ?? '', /\/endorsement\//)
    assert.equal((await openedRows(site.ctx)).length, 1)
    assert.equal((await counts(site, slug))['total'], 1)
    assert.equal((await onlyRow(site)).details, null)
  })

  test('is confirmed at once, however doubtful the name that is destroyed', async () => {
    const { site, slug } = await openCampaign()
    await signAndConfirm(site, slug, hidden({ name: 'Xi Jinping' }))
    const { state, flags } = await onlyRow(site)
    assert.deepEqual([state, flags], ['confirmed', '[]'])
  })

  test('is an organisation’s in the count only: contact, website and domain are gone as well', async () => {
    const { site, slug } = await openCampaign()
    const answers = { website: 'https://quagga.example', email: 'a@quagga.example' }
    await signAndConfirm(site, slug, someOrganisation({ ...answers, visibility: 'confidential' }))
    assert.equal((await counts(site, slug))['organisations'], 1)
    assert.equal((await onlyRow(site)).verification, 'email')
    assert.ok(!(await everything(site)).includes('quagga'))
  })

  test('gets a mail with the private link and without the name', async () => {
    const { site, slug } = await openCampaign()
    const answers = hidden()
    await signAndConfirm(site, slug, answers)
    const mail = site.inbox.mails.at(-1)
    assert.match(mail?.text ?? '', /\/endorsement\//)
    for (const trace of ['Zebulon', 'Quagga']) {
      const words = `${mail?.subject}${mail?.text}${mail?.html}`
      assert.ok(!words.replaceAll(answers['email'] ?? '', '').includes(trace))
    }
  })

  test('is withdrawn by the private link', async () => {
    const { site, slug } = await openCampaign()
    const own = await signAndConfirm(site, slug, hidden())
    const page = await site.visitor().open(own)
    assert.equal(page.status, 200)
    await page.press('decision=withdraw')
    assert.equal((await counts(site, slug))['total'], 0)
    assert.equal((await onlyRow(site)).state, 'withdrawn')
  })

  test('forgets the country, too, on a discreet statement', async () => {
    const { site, slug } = await openCampaign(true)
    await signAndConfirm(site, slug, hidden())
    assert.equal((await onlyRow(site)).country, 'undisclosed')
    assert.equal((await counts(site, slug))['countries'], 0)
  })

  test('cannot become any other: there is nothing to show', async () => {
    const { site, slug } = await openCampaign()
    const own = await signAndConfirm(site, slug, hidden())
    await post(site, own, { ...hidden({ visibility: 'listed' }), decision: 'save' })
    assert.equal((await onlyRow(site)).visibility, 'confidential')
    assert.deepEqual(await listed(site, slug), [])
  })
})

async function changed(discreet = false, name = 'Zebulon Quagga-Hidden') {
  const { site, slug } = await openCampaign(discreet)
  const own = await signAndConfirm(site, slug, hidden({ visibility: 'listed', name }))
  const before = await onlyRow(site)
  const answers = hidden({ visibility: 'confidential', name })
  const saved = await post(site, own, { ...answers, decision: 'save' })
  assert.equal(saved.status, 303)
  return { site, slug, own, before }
}

describe('changing from listed to confidential on the private page', () => {
  test('destroys name, contact and address at once', async () => {
    const { site, slug, before } = await changed()
    assert.deepEqual(await listed(site, slug), [])
    assert.equal((await counts(site, slug))['total'], 1)
    const found = await everything(site)
    const sealed = [before.address_sealed, before.details_sealed].map((each) => each.toLowerCase())
    for (const trace of [...traces, ...sealed]) assert.ok(!found.includes(trace), trace)
  })

  test('forgets the country, too, on a discreet statement', async () => {
    const { site, slug } = await changed(true)
    assert.equal((await onlyRow(site)).country, 'undisclosed')
    assert.equal((await counts(site, slug))['countries'], 0)
  })

  test('counts what was held for its name, because there is none any more', async () => {
    const { site, slug, before } = await changed(false, 'Xi Jinping')
    assert.equal(before.state, 'held')
    assert.equal((await onlyRow(site)).state, 'confirmed')
    assert.equal((await counts(site, slug))['total'], 1)
  })

  test('leaves the private page and its button to withdraw', async () => {
    const { site, slug, own } = await changed()
    await (await site.visitor().open(own)).press('decision=withdraw')
    assert.equal((await counts(site, slug))['total'], 0)
  })
})

test('after closing and the grace period, nobody can ask whether a mailbox signed', async () => {
  const { site, slug } = await openCampaign()
  const own = await signAndConfirm(site, slug, hidden())
  const statement = await findStatement(site.ctx.db, slug)
  const { vault } = site.ctx
  const statementId = statement?.id ?? ''
  const asked = addressHashOf(vault, statementId, 'zebulon.quagga@hidden-mail.example')
  const capacity = { statementId, type: 'individual', name: '' } as const
  const hashes = [asked, capacityHashOf(vault, capacity, asked)]
  const knows = async () => {
    const rows = JSON.stringify(await rowsByTable(site))
    return hashes.map((hash) => rows.includes(hash))
  }
  assert.deepEqual(await knows(), [true, true])
  site.clock.set('2026-12-05T11:59:59.999Z')
  await site.tidy()
  assert.deepEqual(await knows(), [true, true])
  site.clock.set('2026-12-05T12:00:00.000Z')
  await site.tidy()
  assert.deepEqual(await knows(), [false, false])
  assert.equal((await counts(site, slug))['total'], 1)
  await (await site.visitor().open(own)).press('decision=withdraw')
  assert.equal((await counts(site, slug))['total'], 0)
})
