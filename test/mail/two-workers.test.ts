import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openShell } from '../support/command.ts'
import { somebody } from '../support/people.ts'
import { type Answers, sign } from '../support/signing.ts'
import { openSite, testSecret } from '../support/site.ts'
import { until } from '../support/until.ts'

const mails = 100

test('two workers on one queue send each mail once', async () => {
  // the workers are processes of their own, and live in the real time
  const site = await openSite({ env: { LIMITS: 'off' }, now: new Date().toISOString() })
  const slug = await site.publish('naloxone-within-reach', { opensAt: null, closesAt: null })
  const shell = openShell({
    DATABASE_URL: site.database.url,
    SECRET_KEY: testSecret,
    SMTP_URL: site.inbox.url,
    LIMITS: 'off',
  })
  const workers = [shell.start('deliver-mail'), shell.start('deliver-mail')]
  await Promise.all(workers.map((worker) => worker.says(/mail worker runs/)))

  const people: Answers[] = []
  const signMany = async () => {
    const others = Array.from({ length: mails }, () => somebody())
    people.push(...others)
    await Promise.all(others.map((answers) => sign(site, slug, answers)))
  }
  await signMany()
  await until('both have had work', async () => {
    if (workers.every(({ stdout }) => stdout.includes('"mail sent"'))) return true
    await signMany()
    return false
  })
  await until('the outbox is empty', async () => {
    const rows = await site.ctx.db.selectFrom('outbox').select('id').execute()
    return rows.length === 0
  })
  const ended = await Promise.all(workers.map((worker) => worker.stop()))
  assert.deepEqual(
    ended.map(({ code }) => code),
    [0, 0],
  )

  const recipients = site.inbox.mails.flatMap((mail) => mail.recipients).sort()
  assert.deepEqual(recipients, people.map((answers) => answers['email'] ?? '').sort())
})
