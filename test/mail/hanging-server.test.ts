import assert from 'node:assert/strict'
import { test } from 'node:test'
import { somebody } from '../support/people.ts'
import { sign } from '../support/signing.ts'
import { openSite } from '../support/site.ts'

test('a mail server that hangs on one mail lets the others pass, and is asked again', async () => {
  const site = await openSite({ smtpOptions: '?socketTimeout=2000' })
  const slug = await site.publish()
  const [stuck, free] = [somebody(), somebody()]
  await sign(site, slug, stuck)
  await sign(site, slug, free)
  site.inbox.answer = (recipient) => (recipient === stuck['email'] ? 'hang' : 'accept')

  const delivering = site.deliverMail()
  await site.inbox.waitFor(free['email'] ?? '')
  await delivering
  const rows = await site.ctx.db.selectFrom('outbox').selectAll().execute()
  assert.deepEqual(
    rows.map(({ state, attempts }) => [state, attempts]),
    [['queued', 1]],
  )

  site.inbox.answer = 'accept'
  site.clock.advance({ minutes: 1 })
  await site.deliverMail()
  assert.equal(site.inbox.matching(stuck['email'] ?? '').length, 1)
})
