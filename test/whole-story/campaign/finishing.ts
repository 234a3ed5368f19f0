// The story's end: more time, closing, an update, the delivery and the answer.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import type { TestSite } from '../../support/site.ts'
import { choose, fillIn, press, sees, turnTo } from './at-the-desk.ts'

export async function extendAndClose(site: TestSite, page: Page): Promise<void> {
  await turnTo(page, 'Deadline')
  await fillIn(page, { Date: '2026-12-11', Time: '18:00', 'Time zone': 'Europe/London' })
  await press(page, 'Extend the deadline')
  await sees(page, /11 December 2026/)
  await assertFollowersGet(site, 'More time to sign: until Friday 11 December 2026 at 18:00')
  await press(page, 'Close now')
  await page.getByRole('button', { name: 'Open again' }).waitFor()
}

export async function sendUpdate(site: TestSite, page: Page): Promise<void> {
  await turnTo(page, 'Updates')
  await sees(page, '2 mailboxes get updates.')
  await press(page, 'Write an update')
  await fillIn(page, {
    'Title, also the subject of the mail': 'We hand it over on Thursday',
    Text: 'Thank you all.',
  })
  await press(page, 'Save')
  await press(page, 'Publish it and send the mails')
  await assertFollowersGet(site, 'We hand it over on Thursday')
  await page.reload()
  await sees(page, 'Mails sent: 2 of 2')
}

/** The two who asked for updates get this one mail within a minute. */
async function assertFollowersGet(site: TestSite, subject: string): Promise<void> {
  site.inbox.clear()
  await aMinute(site)
  const sent = site.inbox.mails.map((mail) => `${mail.recipients[0]}: ${mail.subject}`)
  const followers = ['office@invited-1.example', 'rosa@second.example']
  assert.deepEqual(
    sent.toSorted(),
    followers.map((each) => `${each}: ${subject}`),
  )
}

/** What runs by itself every minute. */
async function aMinute(site: TestSite): Promise<void> {
  await site.tidy()
  site.clock.advance({ minutes: 1 })
  await site.deliverMail()
}

export async function recordDelivery(page: Page): Promise<void> {
  await turnTo(page, 'Delivered and answered')
  await entry(page, 'Delivered', '2026-11-24', 'Ministers of Health')
  await entry(page, 'Answered', '2026-11', 'The office of the ministers')
}

async function entry(page: Page, kind: string, day: string, who: string): Promise<void> {
  await choose(page, 'What happened', kind)
  await fillIn(page, { When: day, 'To whom, or from whom': who })
  await press(page, 'Record it')
  await sees(page, who)
}

/** As everyone reads it in the end. */
export async function readTimeline(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.getByRole('heading', { name: 'What became of it' }).waitFor()
  for (const words of ['Ministers of Health', 'The office of the ministers'])
    await sees(page, words)
  await sees(page, 'We hand it over on Thursday')
}
