import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joinAs, signIn } from '../support/desk.ts'
import { stopIn } from '../support/invitations.ts'
import { post } from '../support/signing.ts'
import { emailOf, inviteTen, linkOf, openCampaign, ten } from './campaign.ts'

test('who was invited before is found and invited to another statement, by ticking', async () => {
  const campaign = await openCampaign()
  const { site, anna } = campaign
  await inviteTen(campaign)
  await post(site, stopIn(await site.inbox.waitFor(emailOf(8))), {})
  const other = await site.publish('community-monitoring-submission')
  await joinAs(site, other, anna.id, 'coordinator')
  site.inbox.clear()
  const { browser } = anna
  await browser.open(`/desk/directory?statement=${other}&q=NETWORK+1`)
  assert.equal(browser.$('tbody tr').length, 2, 'Network 1 and Network 10')
  await browser.open(`/desk/directory?statement=${other}`)
  assert.equal(browser.$('tbody tr').length, 9, 'not who does not want to be invited')
  const boxes = browser.$('tbody input[type=checkbox]').slice(0, 2)
  const names = boxes.toArray().map((box) => String(browser.$(box).attr('name')))
  await browser.tick(...names).press(/Invite the chosen/)
  assert.equal(browser.status, 200)
  assert.match(browser.text(), /Invited: 2/)
  await site.deliverMail()
  assert.equal(site.inbox.mails.length, 2)
  const link = await linkOf(campaign, emailOf(0))
  assert.match(link, new RegExp(other))
  const page = await site.visitor().open(link)
  assert.equal(page.$('details').length, 1, 'name, country and contact are there: one button')
})

test('a coordinator sees who their own statements invited, and nobody else’s', async () => {
  const campaign = await openCampaign()
  const { site, anna } = campaign
  await inviteTen(campaign)
  const ben = await signIn(site, 'coordinator')
  await ben.browser.open('/desk/directory')
  assert.equal(ben.browser.status, 200)
  assert.doesNotMatch(ben.browser.html, /invited-1/)
  const translator = await signIn(site, 'translator')
  await translator.browser.open('/desk/directory')
  assert.equal(translator.browser.status, 403)
  await anna.browser.open('/desk/directory')
  assert.match(anna.browser.html, /invited-1\./)
})

test('an entry can be removed, and the contact data is gone', async () => {
  const campaign = await openCampaign()
  const { site, anna } = campaign
  await inviteTen(campaign)
  const { browser } = anna
  await browser.open(`/desk/directory?q=${encodeURIComponent(emailOf(3))}`)
  await browser.press(/Remove/)
  assert.equal(browser.status, 200)
  assert.doesNotMatch(browser.text(), new RegExp(`${ten[3]?.name}\\b`))
  const rows = await site.ctx.db.selectFrom('invitations').select('id').execute()
  assert.equal(rows.length, 9)
})
