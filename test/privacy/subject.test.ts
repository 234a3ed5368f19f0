// undersigned subject export | erase: a person's own data, by their address.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { eraseSubject, exportSubject } from '../../src/endorsements/subject.ts'
import { parseEmailAddress } from '../../src/text/email-address.ts'
import { openShell } from '../support/command.ts'
import { rowsByTable } from '../support/dump.ts'
import { someOrganisation, somebody } from '../support/people.ts'
import { counts, listed, post, sign, signAndConfirm, signAndGetLink } from '../support/signing.ts'
import { openSite, testSecret } from '../support/site.ts'

const email = 'zoe.quagga@gmail.com'
/** the same mailbox */
const spelled = 'ZoeQuagga+news@googlemail.com'

function addressOf(typed: string) {
  const read = parseEmailAddress(typed)
  assert.ok(read.ok)
  return read.value
}

/** One mailbox that signed in every way, and somebody else. */
async function openCampaigns() {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish()
  const other = await site.publish('community-monitoring-submission')
  await signAndConfirm(site, slug, somebody({ name: 'Zoe Quagga', email }))
  site.inbox.clear()
  await signAndConfirm(site, slug, someOrganisation({ name: 'Quagga Alliance', email }))
  site.inbox.clear()
  const withdrawn = await signAndConfirm(
    site,
    other,
    someOrganisation({ name: 'Former Quagga', email }),
  )
  await post(site, withdrawn, { decision: 'withdraw' })
  await site.deliverMail()
  site.inbox.clear()
  const forgotten = { name: 'Hidden Quagga', visibility: 'confidential', email }
  await signAndConfirm(site, other, someOrganisation(forgotten))
  await signAndConfirm(site, slug, somebody({ name: 'Somebody Else' }))
  await site.deliverMail()
  const settings = {
    DATABASE_URL: site.database.url,
    SECRET_KEY: testSecret,
    SMTP_URL: site.inbox.url,
  }
  return { site, slug, other, shell: openShell(settings) }
}

describe('exporting a subject', () => {
  test('brings every endorsement of the mailbox, in any spelling, and nobody else’s', async () => {
    const { slug, other, shell } = await openCampaigns()
    const { code, stdout, stderr } = await shell.run('subject', 'export', spelled)
    assert.equal(code, 0, stderr)
    const exported = JSON.parse(stdout) as { endorsements: Record<string, unknown>[] }
    const found = exported.endorsements.map((each) => [
      each['slug'],
      each['state'],
      each['visibility'],
      each['name'] ?? null,
      each['email'],
    ])
    assert.deepEqual(
      found.toSorted((a, b) => String(a).localeCompare(String(b))),
      [
        [other, 'confirmed', 'confidential', null, null],
        [other, 'withdrawn', 'listed', 'Former Quagga', email],
        [slug, 'confirmed', 'listed', 'Quagga Alliance', email],
        [slug, 'confirmed', 'listed', 'Zoe Quagga', email],
      ],
    )
    assert.ok(!stdout.includes('Somebody Else'))
  })

  test('changes nothing but the audit log, and tells nothing about an unknown address', async () => {
    const { site } = await openCampaigns()
    const withoutLog = async () => {
      const { audit_log: log, installation: _head, ...rest } = await rowsByTable(site)
      return { rest, entries: log?.length ?? 0 }
    }
    const before = await withoutLog()
    const exported = await exportSubject(site.ctx, addressOf('nobody@members.example'))
    assert.deepEqual([exported.endorsements, exported.mails_waiting], [[], 0])
    assert.deepEqual(await withoutLog(), { ...before, entries: before.entries + 1 })
  })
})

describe('erasing a subject', () => {
  test('shows what will go, and does nothing without a yes', async () => {
    const { site, slug, shell } = await openCampaigns()
    const before = await rowsByTable(site)
    const { code, stdout, stderr } = await shell.run('subject', 'erase', spelled)
    assert.equal(code, 1)
    assert.match(stdout, /Will be erased: 4 endorsements/)
    assert.match(stdout, new RegExp(`"${slug}": organisation, confirmed, listed`))
    assert.match(stderr, /--yes/)
    assert.deepEqual(await rowsByTable(site), before)
  })

  test('takes everything out of public view and deletes it', async () => {
    const { site, slug, other, shell } = await openCampaigns()
    const { code, stderr } = await shell.run('subject', 'erase', spelled, '--yes')
    assert.equal(code, 0, stderr)
    assert.deepEqual(
      (await listed(site, slug)).map(({ name }) => name),
      ['Somebody Else'],
    )
    assert.equal((await counts(site, slug))['total'], 1)
    assert.equal((await counts(site, other))['total'], 0)
    const exported = await exportSubject(site.ctx, addressOf(email))
    assert.deepEqual(exported.endorsements, [])
    const rows = JSON.stringify(await rowsByTable(site))
    assert.ok(!/quagga/i.test(rows))
    assert.equal((await site.ctx.db.selectFrom('consents').selectAll().execute()).length, 1)
  })

  test('is in the audit log, without the address', async () => {
    const { site, shell } = await openCampaigns()
    await shell.run('subject', 'erase', spelled, '--yes')
    const audit = await site.ctx.db.selectFrom('audit_log').selectAll().execute()
    const erased = audit.filter(({ action }) => action === 'subject erased')
    assert.deepEqual(
      erased.map(({ actor, subject, detail }) => [actor, subject, detail]),
      [['command line', 'site', '{"endorsements":4,"mails":0}']],
    )
    assert.ok(!/quagga/i.test(JSON.stringify(audit)))
  })

  test('deletes mails that wait, also those that name no endorsement', async () => {
    const { site, slug } = await openCampaigns()
    await sign(site, slug, somebody({ name: 'Zoe Again', email }))
    await post(site, '/find-my-endorsement', { email: spelled })
    await post(site, '/find-my-endorsement', { email: 'else@members.example' })
    await eraseSubject(site.ctx, addressOf(email), 'command line')
    assert.equal((await site.ctx.db.selectFrom('outbox').selectAll().execute()).length, 1)
  })

  test('keeps the mark that the address wants no mail', async () => {
    const { site, slug } = await openCampaigns()
    const stranger = 'not-me@members.example'
    const link = await signAndGetLink(site, slug, somebody({ email: stranger }))
    await post(site, link, { decision: 'not-me' })
    await eraseSubject(site.ctx, addressOf(stranger), 'command line')
    const exported = await exportSubject(site.ctx, addressOf(stranger))
    assert.deepEqual(exported.no_more_mail_about, [slug])
  })

  test('refuses what is no address', async () => {
    const { shell } = await openCampaigns()
    const { code, stderr } = await shell.run('subject', 'erase', 'nobody', '--yes')
    assert.deepEqual([code, stderr.trim()], [1, 'This is not an e-mail address.'])
  })
})
