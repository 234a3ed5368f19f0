// The operator is told once for an incident, however many processes notice it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pino } from 'pino'
import { openAlarms } from '../../src/abuse/alarms.ts'
import { queueMail } from '../../src/mail/queue.ts'
import type { MailKind } from '../../src/mail/tables.ts'
import { openMailWorker } from '../../src/mail/worker.ts'
import { rowsByTable } from '../support/dump.ts'
import { openSite, type TestSite } from '../support/site.ts'

function openTold(site: TestSite) {
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
  return { alarms: openAlarms({ ...site.ctx, log }), lines }
}

test('an alarm is one line at level error and one row, for many at the same time', async () => {
  const site = await openSite()
  const processes = Array.from({ length: 4 }, () => openTold(site))
  await Promise.all(
    processes.flatMap(({ alarms }) => [1, 2, 3].map(() => alarms.raise('flood', 'a-letter'))),
  )
  const told = processes.flatMap(({ lines }) => lines)
  assert.equal(told.length, 1)
  const { level, alarm, subject, msg } = JSON.parse(told[0] ?? '') as Record<string, unknown>
  assert.deepEqual([level, alarm, subject], [50, 'flood', 'a-letter'])
  assert.match(String(msg), /When you are attacked/)
  assert.deepEqual(
    (await rowsByTable(site))['alarms']?.map((row) => ({ ...row })),
    [
      {
        name: 'flood',
        subject: 'a-letter',
        raised_at: '2026-11-21T12:00:00.000Z',
        last_at: '2026-11-21T12:00:00.000Z',
      },
    ],
  )
})

test('it is told again after an hour of calm, not while the incident goes on', async () => {
  const site = await openSite()
  const { alarms, lines } = openTold(site)
  const toldAfter = async (minutes: number) => {
    site.clock.advance({ minutes })
    await alarms.raise('flood', 'a-letter')
    return lines.length
  }
  assert.equal(await toldAfter(0), 1)
  for (let times = 0; times < 5; times += 1) assert.equal(await toldAfter(50), 1)
  assert.equal(await toldAfter(59), 1)
  assert.equal(await toldAfter(60), 2)
  await alarms.raise('flood', 'another-letter')
  assert.equal(lines.length, 3)
})

/** More mails than the site sends in a minute. */
async function queueTooMany({ ctx }: TestSite, kind: MailKind): Promise<void> {
  const wanted = { kind, recipient: 'a@b.example', language: 'en' }
  await ctx.db.transaction().execute(async (tx) => {
    for (let n = 0; n < 3001; n += 1) {
      await queueMail(tx, ctx, { ...wanted, statementId: null, endorsementId: null })
    }
  })
}

/** A worker for mails of which only those that somebody asked for say something. */
function openTestWorker({ ctx }: TestSite) {
  const mail = { subject: 'A mail', text: 'of few words', html: '' }
  const worker = openMailWorker(ctx, async ({ kind }) =>
    kind === 'find' ? { outcome: 'send', mail } : { outcome: 'drop' },
  )
  return async () => {
    while ((await worker.deliverDue()) > 0);
    return (await rowsByTable({ ctx }))['mailbox']?.length
  }
}

test('mails beyond what the site sends in a minute wait, and the operator is told', async () => {
  const site = await openSite({ withoutSmtp: true })
  await queueTooMany(site, 'find')
  const sentBy = openTestWorker(site)
  assert.equal(await sentBy(), 3000)
  assert.equal(site.log.filter((line) => line.includes('mail-ceiling')).length, 1)
  site.clock.advance({ minutes: 1 })
  assert.equal(await sentBy(), 3001)
})

test('mails that turn out to say nothing take nobody their place', async () => {
  const site = await openSite({ withoutSmtp: true })
  await queueTooMany(site, 'reminder')
  await queueTooMany(site, 'find')
  assert.equal(await openTestWorker(site)(), 3000)
})
