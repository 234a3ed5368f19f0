// What is in the audit log: everything that somebody who runs the site did, and nobody who signed.
import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { changeProtectedNames } from '../../src/abuse/protect-names.ts'
import { verifyLog } from '../../src/audit/audit.ts'
import { takeBounce } from '../../src/endorsements/bounced.ts'
import { hideNames } from '../../src/endorsements/hide-names.ts'
import { eraseSubject } from '../../src/endorsements/subject.ts'
import { deliverStatement } from '../../src/statements/deliver.ts'
import { importStatement } from '../../src/statements/import-statement.ts'
import { closeStatement, openStatement } from '../../src/statements/open-and-close.ts'
import { pauseSigning, resumeSigning } from '../../src/statements/pause.ts'
import { switchOff, switchOn } from '../../src/switches/switches.ts'
import { parseEmailAddress } from '../../src/text/email-address.ts'
import { fileWith, folderWith, statementIn } from '../statements/statement-folders.ts'
import { openShell } from '../support/command.ts'
import { fixture } from '../support/fixtures.ts'
import { somebody, someOrganisation } from '../support/people.ts'
import { post, sign, signAndConfirm, signAndGetLink } from '../support/signing.ts'
import { openSite, testSecret, type TestSite } from '../support/site.ts'

const actor = 'test'

function shellOf(site: TestSite) {
  return openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret })
}

async function entries({ ctx }: TestSite): Promise<string[]> {
  const rows = await ctx.db.selectFrom('audit_log').selectAll().orderBy('seq').execute()
  return rows.map((row) => [row.actor, row.action, row.subject, row.detail].join(' | '))
}

describe('the audit log tells', () => {
  test('which texts and settings an import has changed, and nothing when it changed none', async () => {
    const site = await openSite()
    const folder = await folderWith({ 'en.md': fileWith(), 'fr.md': '---\ntitle: x\n---\nUn.\n' })
    const told = async () => {
      await importStatement(site.ctx, await statementIn(folder), actor)
      return (await entries(site)).at(-1)?.replace('test | statement imported | a-letter | ', '')
    }
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
    assert.equal(await told(), '{"new":true,"texts":"en 1, fr 1"}')
    await told()
    assert.equal((await entries(site)).length, 1, 'the same again')
    const two = '---\ntitle: x\n---\nDeux.\n'
    write('fr.md', two)
    assert.equal(await told(), '{"new":false,"texts":"fr 2"}')
    rmSync(join(folder, 'fr.md'))
    assert.equal(await told(), '{"new":false,"dropped":"fr"}')
    write('fr.md', two)
    assert.equal(await told(), '{"new":false,"again":"fr"}')
    const settings = { discreet: 'true', closes_at: '"2099-01-01T12:00 Europe/London"' }
    write('en.md', fileWith(settings))
    assert.equal(await told(), '{"new":false,"settings":"discreet, closesAt"}')
  })

  test('that a statement was opened, closed and delivered, and not what was refused', async () => {
    const site = await openSite()
    const { ctx } = site
    const { slug } = await importStatement(
      ctx,
      await statementIn(await folderWith({ 'en.md': fileWith() })),
    )
    await closeStatement(ctx, slug, actor)
    for (const change of [openStatement, openStatement, closeStatement, closeStatement]) {
      await change(ctx, slug, actor)
    }
    await openStatement(ctx, 'nowhere', actor)
    assert.equal(await deliverStatement(ctx, slug, actor), 'delivered')
    assert.equal(await deliverStatement(ctx, slug, actor), 'not-closed')
    assert.deepEqual((await entries(site)).slice(1), [
      `test | statement opened | ${slug} | {}`,
      `test | statement closed | ${slug} | {}`,
      `test | statement delivered | ${slug} | {}`,
    ])
  })

  test('pauses once, however often the command is given', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const from = (await entries(site)).length
    assert.equal(await pauseSigning(site.ctx, slug, actor), 'paused')
    assert.equal(await pauseSigning(site.ctx, slug, actor), 'already-paused')
    assert.equal((await resumeSigning(site.ctx, slug, false, actor)).outcome, 'resumed')
    assert.equal((await resumeSigning(site.ctx, slug, true, actor)).outcome, 'not-paused')
    assert.equal(await switchOff(site.ctx, 'mail', actor), true)
    assert.equal(await switchOff(site.ctx, 'mail', actor), false)
    assert.deepEqual(await switchOn(site.ctx, 'mail', false, actor), { wasOff: true, extended: 0 })
    assert.deepEqual(await switchOn(site.ctx, 'mail', false, actor), { wasOff: false })
    assert.deepEqual((await entries(site)).slice(from), [
      `test | paused | ${slug} | {"what":"signing"}`,
      `test | resumed | ${slug} | {"what":"signing","extend":false}`,
      'test | paused | site | {"what":"mail"}',
      'test | resumed | site | {"what":"mail","extended":0}',
    ])
  })

  test('that a mail came back and its endorsement is gone', async () => {
    const site = await openSite()
    const slug = await site.publish()
    await sign(site, slug, somebody())
    await site.deliverMail()
    const messageId = site.inbox.mails[0]?.headers.get('message-id') ?? ''
    const bounce = readFileSync(fixture('bounces/hard.eml'), 'utf8')
    const returned = bounce.replace('<MESSAGE-ID-OF-THE-ORIGINAL>', messageId)
    assert.equal(await takeBounce(site.ctx, returned, actor), 'dropped')
    assert.equal((await entries(site)).at(-1), `test | mail bounced | ${slug} | {"dropped":1}`)
    await takeBounce(site.ctx, returned, actor)
    assert.equal((await entries(site)).filter((entry) => entry.includes('bounced')).length, 1)
  })

  test('what was done at the command line, also who took a copy, and not whose data', async () => {
    const site = await openSite({ now: new Date().toISOString() })
    const shell = shellOf(site)
    const folder = await folderWith({ 'en.md': fileWith() })
    const email = 'zebulon@quagga.example'
    for (const command of [
      ['statement', 'import', folder],
      ['statement', 'open', 'a-letter'],
      ['endorsements', 'export', 'a-letter', '--format', 'json'],
      ['subject', 'export', email],
      ['statement', 'close', 'a-letter'],
    ]) {
      const { code, stderr } = await shell.run(...command)
      assert.equal(code, 0, stderr)
      if (command[1] === 'open') await signAndConfirm(site, 'a-letter', somebody({ email }))
    }
    assert.deepEqual(await entries(site), [
      'command line | statement imported | a-letter | {"new":true,"texts":"en 1"}',
      'command line | statement opened | a-letter | {}',
      'command line | list exported | a-letter | {"format":"json"}',
      'command line | subject exported | site | {"endorsements":1}',
      'command line | statement closed | a-letter | {}',
      'system | edition made | a-letter | {"edition":1,"reason":"closing"}',
    ])
  })
})

test('after a mixed campaign the log is whole and holds nothing of anybody', async () => {
  const site = await openSite()
  const { ctx } = site
  const slug = await site.publish()
  const listed = somebody({ name: 'Zebulon Quagga', email: 'zebulon@quagga.example' })
  const hidden = somebody({ name: 'Yolanda Okapi', visibility: 'withheld' })
  const organisation = someOrganisation({ contact_name: 'Xaver Tapir' })
  await signAndConfirm(site, slug, listed)
  const own = await signAndConfirm(site, slug, hidden)
  await signAndConfirm(site, slug, organisation)
  await signAndConfirm(site, slug, somebody({ name: 'Wanda Ibex', visibility: 'confidential' }))
  await post(site, own, { decision: 'withdraw' })
  const denied = await signAndGetLink(site, slug, somebody({ name: 'Victor Lemur' }))
  await post(site, denied, { decision: 'not-me' })
  const from = (await entries(site)).length
  await hideNames(ctx, slug, 'everyone', actor)
  await changeProtectedNames(ctx, slug, { add: ['Quagga'], remove: [] }, actor)
  await pauseSigning(ctx, slug, actor)
  await resumeSigning(ctx, slug, true, actor)
  await switchOff(ctx, 'writing', actor)
  await switchOn(ctx, 'writing', true, actor)
  const address = parseEmailAddress('zebulon@quagga.example')
  assert.ok(address.ok)
  await eraseSubject(ctx, address.value, actor)
  await closeStatement(ctx, slug, actor)
  site.clock.advance({ days: 200 })
  await site.tidy()
  const done = (await entries(site)).slice(from).map((entry) => entry.split(' | ')[1])
  assert.deepEqual(done, [
    'names hidden',
    'protected names changed',
    'paused',
    'resumed',
    'paused',
    'resumed',
    'subject erased',
    'statement closed',
    'edition made',
    ...Array<string>(done.length - 9).fill('pruned'),
  ])
  assert.ok(done.length > 9)
  const list = await shellOf(site).run('audit', 'list')
  assert.equal(list.code, 0, list.stderr)
  const people = [listed, hidden, organisation].flatMap((each) => [each['name'], each['email']])
  for (const trace of [...people, 'Quagga', 'Okapi', 'Tapir', 'Ibex', 'Lemur', '@']) {
    assert.ok(!list.stdout.includes(trace ?? '@'), trace)
  }
  assert.equal((await verifyLog(ctx.db)).ok, true)
})
