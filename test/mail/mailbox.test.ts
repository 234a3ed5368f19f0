import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rowsByTable } from '../support/dump.ts'
import { somebody } from '../support/people.ts'
import { counts, sign } from '../support/signing.ts'
import { openSite } from '../support/site.ts'

test('without a mail server, mails are read at /mailbox, and their links work', async () => {
  const site = await openSite({ withoutSmtp: true })
  const slug = await site.publish()
  const answers = somebody()
  await sign(site, slug, answers)
  await site.deliverMail()
  const visitor = await site.visitor().open('/mailbox')
  assert.equal(visitor.status, 200)
  assert.ok(visitor.text().includes(answers['email'] ?? ''))
  await visitor.follow(/\/confirm\//)
  await visitor.press(/confirm/i)
  assert.equal((await counts(site, slug))['total'], 1)
})

test('the mails at /mailbox are sealed in the database', async () => {
  const site = await openSite({ withoutSmtp: true })
  const answers = somebody()
  await sign(site, await site.publish(), answers)
  await site.deliverMail()
  const { mailbox = [] } = await rowsByTable(site)
  assert.equal(mailbox.length, 1)
  assert.doesNotMatch(JSON.stringify(mailbox), new RegExp(answers['email'] ?? ''))
})

test('with a mail server there is no /mailbox', async () => {
  const site = await openSite()
  for (const path of ['/mailbox', '/mailbox?page=2']) {
    assert.equal((await fetch(site.address + path)).status, 404)
  }
})
