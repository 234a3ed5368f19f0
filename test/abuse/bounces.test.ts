// Mails that come back (fixtures/bounces): what is final drops the pending endorsement, nothing else does.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { takeBounce } from '../../src/endorsements/bounced.ts'
import { messagesIn } from '../../src/mail/bounce.ts'
import { openShell } from '../support/command.ts'
import { rowsByTable } from '../support/dump.ts'
import { fixture } from '../support/fixtures.ts'
import { somebody } from '../support/people.ts'
import { counts, linkIn, post, sign } from '../support/signing.ts'
import { openSite, testSecret, type TestSite } from '../support/site.ts'

const placeholder = '<MESSAGE-ID-OF-THE-ORIGINAL>'

function bounce(kind: 'hard' | 'soft' | 'auto-reply', messageId = '<x@y.example>'): string {
  return readFileSync(fixture(`bounces/${kind}.eml`), 'utf8').replace(placeholder, messageId)
}

/** Somebody signs and is written to. */
async function openSigned() {
  const site = await openSite()
  const slug = await site.publish()
  const answers = somebody()
  await sign(site, slug, answers)
  await site.deliverMail()
  const mail = await site.inbox.waitFor(answers['email'] ?? '')
  const messageId = mail.headers.get('message-id') ?? ''
  assert.match(messageId, /^<\S+@\S+>$/)
  return { site, slug, answers, messageId, link: linkIn(mail, 'confirm') }
}

async function states(site: TestSite): Promise<unknown[]> {
  const { endorsements = [] } = await rowsByTable(site)
  return endorsements.map((row) => row['state'])
}

describe('a bounce that is final', () => {
  test('drops the pending endorsement, and its mailbox gets no more mail', async () => {
    const { site, slug, answers, messageId, link } = await openSigned()
    assert.equal(await takeBounce(site.ctx, bounce('hard', messageId)), 'dropped')
    const tables = await rowsByTable(site)
    assert.deepEqual([tables['endorsements'], tables['sent_mails'], tables['tokens']], [[], [], []])
    assert.equal((await fetch(site.address + link)).status, 404)
    site.inbox.clear()
    site.clock.advance({ hours: 1 })
    await sign(site, slug, answers)
    await site.deliverMail()
    assert.deepEqual([site.inbox.mails.length, await states(site)], [0, []])
    assert.equal(await takeBounce(site.ctx, bounce('hard', messageId)), 'unknown', 'a second time')
  })

  test('never drops what is confirmed', async () => {
    const { site, slug, messageId, link } = await openSigned()
    await post(site, link, { decision: 'confirm' })
    assert.equal(await takeBounce(site.ctx, bounce('hard', messageId)), 'not-pending')
    assert.equal((await counts(site, slug))['total'], 1)
    assert.deepEqual((await rowsByTable(site))['suppressions'], [])
  })

  test('changes nothing when the Message-ID is not one of ours, or too old', async () => {
    const { site, messageId } = await openSigned()
    const guessed = messageId.replace(/^<.{8}/, '<aaaaaaaa')
    for (const id of [guessed, '<>', 'none', placeholder, '<@undersigned.example>']) {
      assert.match(await takeBounce(site.ctx, bounce('hard', id)), /^(?:unknown|other)$/)
    }
    site.clock.advance({ days: 14 })
    assert.equal(await takeBounce(site.ctx, bounce('hard', messageId)), 'unknown')
    await site.tidy()
    assert.deepEqual((await rowsByTable(site))['sent_mails'], [])
  })

  test('is read from reports that carry the whole mail, with folded lines and other line ends', async () => {
    const { site, messageId } = await openSigned()
    const whole = bounce('hard', messageId)
      .replace('text/rfc822-headers', 'message/rfc822')
      .replace('Message-ID: ', 'Message-ID:\n ')
      .replace('Action: failed', 'action: Failed (no such user)')
      .replace('\n--b1--', '\nSubject: Please confirm\n\nDear\n\n--b1--')
      .replaceAll('\n', '\r\n')
    assert.equal(await takeBounce(site.ctx, Buffer.from(whole)), 'dropped')
  })
})

describe('nothing is changed', () => {
  const harmless: [what: string, outcome: string, change: (messageId: string) => string][] = [
    ['by a delay', 'temporary', (id) => bounce('soft', id)],
    ['by an auto-reply', 'other', (id) => `${bounce('auto-reply')}\n${id}`],
    [
      'by a failure with a temporary status',
      'temporary',
      (id) => bounce('hard', id).replace('5.1.1\n', '4.4.7\n'),
    ],
    [
      'by a delay with a permanent status',
      'temporary',
      (id) => bounce('soft', id).replace('4.2.2\n', '5.2.2\n'),
    ],
    [
      'by a mail that only looks like a report',
      'other',
      (id) => bounce('hard', id).replace('message/delivery-status', 'text/plain'),
    ],
    [
      'by a report about nothing',
      'other',
      (id) => bounce('hard', id).replace('Message-ID', 'X-Message-ID'),
    ],
    ['by rubbish', 'other', () => '\0\u0001 --b1 Content-Type: multipart/report'],
  ]
  for (const [what, outcome, change] of harmless) {
    test(what, async () => {
      const { site, messageId, link } = await openSigned()
      assert.equal(await takeBounce(site.ctx, change(messageId)), outcome)
      assert.deepEqual((await rowsByTable(site))['suppressions'], [])
      assert.equal((await post(site, link, { decision: 'confirm' })).status, 303)
    })
  }
})

test('a mailbox file is taken apart at its "From " lines only', () => {
  const mbox = 'From a@b Sat\nSubject: one\n\n>From here\n\nFrom c@d Sat\nSubject: two\n\nFromage\n'
  assert.deepEqual(messagesIn(mbox), ['Subject: one\n\nFrom here\n\n', 'Subject: two\n\nFromage\n'])
  assert.deepEqual(messagesIn('Subject: one\n\nFrom here\n'), ['Subject: one\n\nFrom here\n'])
  assert.deepEqual(messagesIn(' \n'), [])
})

test('the command reads a message or a mailbox file and answers with one sentence', async () => {
  const { site, messageId } = await openSigned()
  const shell = openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret })
  const file = (name: string, content: string) => {
    writeFileSync(join(shell.cwd, name), content)
    return name
  }
  const said = async (name: string) => {
    const { code, stdout, stderr } = await shell.run('bounce', name)
    return [code, stdout + stderr]
  }
  assert.deepEqual(await said(file('soft.eml', bounce('soft', messageId))), [
    0,
    'The mail is only delayed: nothing changed.\n',
  ])
  const mbox = ['soft', 'hard', 'auto-reply'] as const
  const content = mbox.map((kind) => `From x Sat Nov 21\n${bounce(kind, messageId)}\n`).join('')
  assert.match(
    String((await said(file('mbox', content)))[1]),
    /^Of 3 messages 1 came back for good/,
  )
  assert.deepEqual(await states(site), [])
  assert.deepEqual(await said('missing'), [1, '"missing" cannot be read.\n'])
  assert.deepEqual(await said(file('empty', '')), [1, 'There is no message in what was given.\n'])
})
