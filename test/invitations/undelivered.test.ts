import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { takeBounce } from '../../src/endorsements/bounced.ts'
import { remindInvited } from '../../src/invitations/remind-invited.ts'
import { fixture } from '../support/fixtures.ts'
import { inviteSomebody } from '../support/invitations.ts'
import { statementOf } from '../updates/campaign.ts'
import { answerOf, openCampaign } from './campaign.ts'

const [first, second, third] = ['first', 'second', 'third'].map((name) => ({
  name,
  email: `office@${name}.example`,
}))

test('mails that were refused or came back are shown, and their mailboxes not reminded', async () => {
  const campaign = await openCampaign()
  const { site, slug, anna } = campaign
  assert.ok(first && second && third)
  site.inbox.answer = 'permanent'
  await inviteSomebody(site, slug, first)
  await site.deliverMail()
  site.inbox.answer = 'accept'
  await inviteSomebody(site, slug, second)
  await inviteSomebody(site, slug, third)
  await site.deliverMail()
  const mail = await site.inbox.waitFor(second.email)
  const id = mail.headers.get('message-id') ?? ''
  const bounce = readFileSync(fixture('bounces/hard.eml'), 'utf8')
  const message = bounce.replace('<MESSAGE-ID-OF-THE-ORIGINAL>', id)
  assert.equal(await takeBounce(site.ctx, message), 'invitation')

  assert.match(await answerOf(campaign, 'first'), /Could not be delivered/)
  assert.match(await answerOf(campaign, 'second'), /Could not be delivered/)
  assert.equal(await answerOf(campaign, 'third'), 'No answer')

  const { browser } = anna
  await browser.fill({ most: '1', days: '1' }).press('rules=yes')
  assert.equal(browser.status, 200)
  assert.match(browser.text(), /more than 1 reminder, nor one within 1 day/)
  const statement = await statementOf(site, slug)
  site.clock.advance({ days: 1 })
  assert.equal(await remindInvited(site.ctx, statement, 'test'), 1)
  site.clock.advance({ days: 2 })
  assert.equal(await remindInvited(site.ctx, statement, 'test'), 0, 'one is enough')
})
