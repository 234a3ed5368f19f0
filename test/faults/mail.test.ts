// The database is away for a moment while a mail is sent.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { somebody } from '../support/people.ts'
import { sign } from '../support/signing.ts'
import { openSite } from '../support/site.ts'
import { until } from '../support/until.ts'

test('a mail that was taken is not sent again because that could not be noted at once', async () => {
  const site = await openSite()
  const slug = await site.publish()
  await sign(site, slug, somebody())
  const { schema } = site.ctx.db
  await schema.alterTable('mail_tallies').renameTo('away').execute()
  const delivering = site.deliverMail()
  await until('it is told', () => site.log.some((line) => line.includes('could not be noted')))
  await schema.alterTable('away').renameTo('mail_tallies').execute()
  await delivering
  assert.equal(site.inbox.mails.length, 1)
  assert.deepEqual(await site.ctx.db.selectFrom('outbox').selectAll().execute(), [])
})
