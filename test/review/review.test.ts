import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { verifyLog } from '../../src/audit/audit.ts'
import { type DeskPerson, joinAs, signIn } from '../support/desk.ts'
import { assertValidHtml } from '../support/html.ts'
import { someOrganisation } from '../support/people.ts'
import { counts, linkIn, listed, sign, signAndConfirm } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

const pretender = someOrganisation({ name: 'World Health Organization', email: 'me@gmail.com' })

async function openReview(site: TestSite, slug: string): Promise<DeskPerson> {
  const person = await signIn(site, 'coordinator')
  await joinAs(site, slug, person.id, 'coordinator')
  await person.browser.open(`/desk/statements/${slug}/review`)
  return person
}

/** Ticks all entries shown. */
function tickAll({ browser }: DeskPerson) {
  const names = browser.$('.review-name input').map((_, each) => browser.$(each).attr('name') ?? '')
  return browser.tick(...names.get())
}

async function withHeld() {
  const site = await openSite()
  const slug = await site.publish()
  await signAndConfirm(site, slug, pretender)
  site.inbox.clear()
  return { site, slug }
}

describe('the review queue', () => {
  test('shows what waits with its signals, and approving counts and lists it', async () => {
    const { site, slug } = await withHeld()
    assert.equal((await counts(site, slug))['total'], 0)
    const anna = await openReview(site, slug)
    const shown = anna.browser.text('.review-entries')
    assert.match(shown, /World Health Organization/)
    assert.match(shown, /Protected name/)
    assert.match(shown, /Free mailbox/)
    await assertValidHtml(anna.browser.html, 'review')
    await tickAll(anna)
      .choose('decision', 'approved')
      .press(/Decide/)
    assert.equal(anna.browser.status, 200)
    assert.match(anna.browser.text(), /1 entry is decided/)
    assert.equal((await counts(site, slug))['organisations'], 1)
    assert.equal((await listed(site, slug))[0]?.['name'], 'World Health Organization')
    assert.equal((await verifyLog(site.ctx.db)).ok, true)
  })

  test('wants an entry, a decision, and a reason, and keeps what was typed', async () => {
    const { site, slug } = await withHeld()
    const { browser } = await openReview(site, slug)
    await browser.fill({ note: 'Called them on Monday' }).press(/Decide/)
    assert.equal(browser.status, 422)
    assert.match(browser.text('.faults'), /Tick at least one.*Choose what to decide/)
    assert.equal(browser.$('textarea').text(), 'Called them on Monday')
    await browser.choose('decision', 'rejected').press(/Decide/)
    assert.match(browser.text('.faults'), /Choose a reason/)
    await assertValidHtml(browser.html, 'review with faults')
  })

  test('rejecting tells them why in their mail, keeps the note sealed, and blocks the mailbox', async () => {
    const { site, slug } = await withHeld()
    const anna = await openReview(site, slug)
    tickAll(anna).choose('decision', 'rejected')
    anna.browser.fill({ reason: 'not-authorised', note: 'Their office knows nothing of it' })
    await anna.browser.press(/Decide/)
    await site.deliverMail()
    assert.equal(site.inbox.mails.length, 0, 'the mail waits, so that it can be undone')
    site.clock.advance({ minutes: 6 })
    await site.deliverMail()
    const mail = await site.inbox.waitFor('me@gmail.com')
    assert.match(mail.text, /Nobody could confirm that the organisation agreed/)
    assert.doesNotMatch(mail.text, /Their office/)
    const row = await site.ctx.db.selectFrom('reviews').select('note_sealed').executeTakeFirst()
    assert.doesNotMatch(row?.note_sealed ?? '', /office/)
    const own = await site.visitor().open(linkIn(mail, 'endorsement'))
    assert.match(own.text(), /do not count this entry/)
    site.inbox.clear()
    const again = await sign(site, slug, pretender)
    assert.equal(again.status, 303)
    await site.deliverMail()
    assert.equal(site.inbox.mails.length, 0)
    assert.equal((await counts(site, slug))['total'], 0)
  })

  test('a decision can be undone while nothing else has changed, and then no mail is sent', async () => {
    const { site, slug } = await withHeld()
    const anna = await openReview(site, slug)
    await tickAll(anna)
      .choose('decision', 'approved')
      .press(/Decide/)
    assert.equal((await counts(site, slug))['total'], 1)
    await anna.browser.press('Undo')
    assert.equal((await counts(site, slug))['total'], 0)
    assert.match(anna.browser.text('.review-entries'), /World Health Organization/)
    site.clock.advance({ minutes: 6 })
    await site.deliverMail()
    assert.equal(site.inbox.mails.length, 0)
  })

  test('verifying wants the evidence and shows on the public list', async () => {
    const site = await openSite()
    const slug = await site.publish('naloxone-within-reach', { review: 'organisations' })
    await signAndConfirm(site, slug, someOrganisation())
    const anna = await openReview(site, slug)
    await anna.browser.follow('Not looked at yet')
    await tickAll(anna)
      .choose('decision', 'verified')
      .press(/Decide/)
    assert.match(anna.browser.text('.faults'), /Write a note/)
    await anna.browser.fill({ note: 'Register number 4711' }).press(/Decide/)
    assert.equal((await listed(site, slug))[0]?.['verification'], 'coordinator')
    assert.match(anna.browser.text(), /Nothing is here/)
  })

  test('of two coordinators at the same entry one wins, and the other is told and keeps what was typed', async () => {
    const { site, slug } = await withHeld()
    const anna = await openReview(site, slug)
    const ben = await openReview(site, slug)
    await anna.browser.press(/looking at this one/)
    await ben.browser.open(`/desk/statements/${slug}/review`)
    assert.match(ben.browser.text('.review-entries'), /Person \d+ is looking at this entry/)
    tickAll(anna).choose('decision', 'approved')
    tickAll(ben).choose('decision', 'rejected')
    ben.browser.fill({ reason: 'other', note: 'I think it is a joke' })
    await Promise.all([anna.browser.press(/Decide/), ben.browser.press(/Decide/)])
    const both = [anna.browser, ben.browser]
    assert.deepEqual(
      both.map(({ status }) => status).sort((a, b) => a - b),
      [200, 409],
    )
    const loser = both.find(({ status }) => status === 409)
    assert.match(loser?.text('.faults') ?? '', /changed by somebody else/)
    const isApproved = anna.browser.status === 200
    assert.equal((await counts(site, slug))['total'], isApproved ? 1 : 0)
    const rows = await site.ctx.db.selectFrom('reviews').select('decision').execute()
    assert.equal(rows.length, 1)
  })

  test('what a coordinator holds is not let go by its endorser becoming confidential', async () => {
    const site = await openSite()
    const slug = await site.publish('naloxone-within-reach', { review: 'all' })
    const link = await signAndConfirm(site, slug, someOrganisation())
    const anna = await openReview(site, slug)
    await anna.browser.follow('Not looked at yet')
    tickAll(anna).choose('decision', 'held').fill({ reason: 'not-found' })
    await anna.browser.press(/Decide/)
    assert.equal((await counts(site, slug))['total'], 0)
    const own = await site.visitor().open(link)
    await own.choose('visibility', 'confidential').press(/decision=save/)
    assert.equal((await counts(site, slug))['total'], 0)
  })
})
