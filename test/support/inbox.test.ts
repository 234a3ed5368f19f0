import { afterEach, beforeEach, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import { createTransport } from 'nodemailer'
import { openInbox } from './inbox.ts'
import type { Inbox } from './inbox.ts'

describe('The inbox', () => {
  let inbox: Inbox
  beforeEach(async () => {
    inbox = await openInbox()
  })
  afterEach(() => inbox.close())

  const send = (to: string, subject = 'Confirm') =>
    createTransport(inbox.url, { from: 'Network <sign@network.example>' }).sendMail({
      to,
      subject,
      text: 'Ваша ссылка',
      headers: { 'Auto-Submitted': 'auto-generated' },
    })

  test('keeps a mail with its envelope, headers and text', async () => {
    const [mail] = await Promise.all([
      inbox.waitFor('amina@example.org'),
      send('amina@example.org'),
    ])
    assert.equal(mail.envelopeFrom, 'sign@network.example')
    assert.deepEqual(mail.recipients, ['amina@example.org'])
    assert.deepEqual(mail.from, { name: 'Network', address: 'sign@network.example' })
    assert.equal(mail.text.trim(), 'Ваша ссылка')
    assert.equal(mail.headers.get('auto-submitted'), 'auto-generated')
  })

  test('takes an address in another script', async () => {
    await send('иван@пример.рф')
    const mail = await inbox.waitFor(
      ({ recipients }) => recipients[0]?.startsWith('иван@') ?? false,
    )
    assert.equal(mail.subject, 'Confirm')
  })

  test('says what came instead of the mail waited for', async () => {
    await send('amina@example.org')
    await assert.rejects(inbox.waitFor('ivan@example.org', { within: 10 }), /amina@.*Confirm/)
  })

  test('waits for the second mail to the same address', async () => {
    await send('amina@example.org', 'One')
    const second = inbox.waitFor('amina@example.org', { nth: 2 })
    await send('amina@example.org', 'Two')
    assert.equal((await second).subject, 'Two')
  })

  for (const at of ['recipient', 'data'] as const) {
    test(`refuses for now, for good, or breaks off at the ${at}`, async () => {
      inbox.answerAt = at
      inbox.answer = 'temporary'
      await assert.rejects(send('amina@example.org'), { responseCode: 451 })
      inbox.answer = 'permanent'
      await assert.rejects(send('amina@example.org'), { responseCode: 550 })
      inbox.answer = 'close'
      await assert.rejects(send('amina@example.org'), { code: 'ECONNECTION' })
      assert.deepEqual(inbox.mails, [])
    })
  }

  test('refuses some recipients only', async () => {
    inbox.answer = (recipient) => (recipient.startsWith('amina') ? 'permanent' : 'accept')
    await assert.rejects(send('amina@example.org'))
    await send('ivan@example.org')
    assert.equal(inbox.mails.length, 1)
  })

  test('closes under a client that waits for an answer, and opens again on its port', async () => {
    inbox.answer = 'hang'
    const hanging = assert.rejects(send('amina@example.org'))
    await inbox.close()
    await hanging
    inbox = await openInbox({ port: inbox.port })
    await send('amina@example.org')
    assert.equal(inbox.mails.length, 1)
  })
})
