import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openContext } from '../../src/context.ts'
import { composeLetters } from '../../src/endorsements/letters.ts'
import { openMailWorker } from '../../src/mail/worker.ts'
import { somebody } from '../support/people.ts'
import { sign } from '../support/signing.ts'
import { openSite } from '../support/site.ts'
import { until } from '../support/until.ts'

const mails = 100

test('two workers on one queue send each mail once', async () => {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish()
  const people = Array.from({ length: mails }, () => somebody())
  await Promise.all(people.map((answers) => sign(site, slug, answers)))

  const other = await openContext(site.config, { clock: site.clock, log: site.ctx.log })
  after(() => other.close())
  const second = openMailWorker(other, composeLetters(other))
  void site.worker.run()
  void second.run()
  await until(
    'the outbox is empty',
    async () => {
      const rows = await site.ctx.db.selectFrom('outbox').select('id').execute()
      return rows.length === 0
    },
    { within: 30_000 },
  )
  await second.stop()

  const recipients = site.inbox.mails.flatMap((mail) => mail.recipients).sort()
  assert.deepEqual(recipients, people.map((answers) => answers['email']).sort())
})
