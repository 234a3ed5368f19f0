// The sending of mail rests: people sign, and their mails wait.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages, translator } from '../../src/languages/languages.ts'
import { switchOff, switchOn } from '../../src/switches/switches.ts'
import { somebody } from '../support/people.ts'
import { linkIn, post, sign } from '../support/signing.ts'
import { openSite } from '../support/site.ts'

test('mails wait, the pages say so in every language, and all go afterwards', async () => {
  const site = await openSite()
  const slug = await site.publish()
  await switchOff(site.ctx, 'mail', 'test')
  site.clock.advance({ seconds: 1 })
  const people = [somebody(), somebody()]
  for (const answers of people) assert.equal((await sign(site, slug, answers)).status, 303)
  await site.deliverMail()
  assert.equal(site.inbox.mails.length, 0)
  for (const { code } of languages) {
    for (const path of ['', `/statements/${slug}/check-your-inbox`]) {
      const visitor = await site.visitor().open(`/${code}${path}`)
      assert.equal(visitor.text('.site-notice'), translator(code)('notice.mail-paused'))
    }
  }
  await switchOn(site.ctx, 'mail', false, 'test')
  site.clock.advance({ seconds: 1 })
  await site.deliverMail()
  for (const { email = '' } of people) {
    const [mail, ...others] = site.inbox.matching(email)
    assert.ok(mail)
    assert.equal(others.length, 0)
    assert.equal((await post(site, linkIn(mail, 'confirm'), { decision: 'confirm' })).status, 303)
  }
})
