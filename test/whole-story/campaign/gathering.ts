// The story's middle: a sheet of sign-ons, reviewing it, a duplicate, and those who are invited.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { translator } from '../../../src/languages/languages.ts'
import { fixture } from '../../support/fixtures.ts'
import { invitationIn } from '../../support/invitations.ts'
import { linkIn } from '../../support/signing.ts'
import type { TestSite } from '../../support/site.ts'
import { choose, fillIn, follow, press, sees, turnTo } from './at-the-desk.ts'

type Truth = Record<'rows' | 'blank', number> &
  Record<'exact_duplicates' | 'near_duplicates' | 'bad_email' | 'missing_country', number[]>

/** What the page must say of the sheet, worked out from the file beside it. */
function told(): string {
  const truth = JSON.parse(readFileSync(fixture('form-responses.truth.json'), 'utf8')) as Truth
  const similar = truth.near_duplicates.length
  const duplicate = truth.exact_duplicates.length
  const invalid = truth.bad_email.length + truth.missing_country.length
  const added = truth.rows - truth.blank - similar - duplicate - invalid
  return `${truth.rows} rows: ${added} new, ${similar} similar, ${duplicate} duplicate, ${invalid} invalid, ${truth.blank} blank.`
}

export async function bringIn(page: Page): Promise<void> {
  await turnTo(page, 'Bring in')
  await page.getByLabel('File', { exact: true }).setInputFiles(fixture('form-responses.csv'))
  await press(page, 'See what would happen')
  await sees(page, told())
  await choose(page, 'Contact person', 'not brought in')
  await press(page, 'Use these columns')
  await sees(page, told())
  await page.getByLabel('Confirmed by a coordinator, with evidence').check()
  await fillIn(page, { 'Evidence (optional)': 'The sign-on form of November, kept at the office' })
  await press(page, 'Bring them in')
  await page.getByRole('heading', { name: 'What was brought in' }).waitFor()
  await sees(page, told())
}

/** Approves one, rejects one, holds one of those that wait. */
export async function review(page: Page): Promise<void> {
  await follow(page, 'Decide on those that wait for review')
  await decide(page, 'Approve: it counts')
  await decide(
    page,
    'Reject: it does not count',
    'Nobody could confirm that the organisation agreed.',
  )
  await decide(page, 'Hold: it waits and does not count', 'Another reason (write it below)')
  for (const word of [/^\s*Approved/, /^\s*Rejected/, /^\s*Held/]) {
    await page.getByRole('listitem').filter({ hasText: word }).first().waitFor()
  }
  assert.equal(await page.getByText('Name of the contact person').count(), 0, 'as it was mapped')
}

async function decide(page: Page, decision: string, reason?: string): Promise<void> {
  await page.getByRole('listitem').getByRole('checkbox').first().check()
  await page.getByLabel(decision).check()
  if (reason !== undefined) {
    await page.getByLabel('Reason, for holding and rejecting').selectOption({ label: reason })
    await page.getByLabel('Note or evidence').fill('Asked by telephone.')
  }
  await press(page, 'Decide')
  await sees(page, '1 entry is decided.')
}

export async function mergeOne(page: Page): Promise<void> {
  await turnTo(page, 'Duplicates')
  await page
    .getByRole('button', { name: /^Merge, and keep/ })
    .first()
    .click()
  await sees(page, 'Done.')
}

export const invited = Array.from({ length: 10 }, (_, n) => ({
  name: `Invited Network ${n + 1}`,
  email: `office@invited-${n + 1}.example`,
}))

export async function inviteTen(page: Page): Promise<void> {
  await turnTo(page, 'Invitations')
  const lines = invited.map(
    ({ name, email }, n) => `${name}, ${email}, Rosa Diaz, ${n === 2 ? 'ar' : 'en'}, KE`,
  )
  await page.getByLabel('Organisations, one on each line').fill(lines.join('\n'))
  await press(page, 'Invite all of them')
  await sees(page, 'Invited: 10')
}

/** Opens the personal link of one of the ten, in a browser of its own. */
async function openInvitation(
  site: TestSite,
  browser: Browser,
  n: number,
  javaScriptEnabled: boolean,
) {
  await site.deliverMail()
  const mail = await site.inbox.waitFor(invited[n]?.email ?? '')
  const context = await browser.newContext({ javaScriptEnabled })
  const page = await context.newPage()
  await page.goto(site.config.baseUrl + invitationIn(mail))
  return page
}

async function consent(page: Page): Promise<void> {
  await page.getByLabel('I am authorised to endorse this statement for the organisation.').check()
  await page.getByLabel(/^I agree that the endorsement is recorded/).check()
  await page.getByLabel('Send me updates about this statement by e-mail.').check()
}

/** The first presses one button, the second uses another address and confirms, the third decides later. */
export async function answer(site: TestSite, browser: Browser, javaScriptEnabled: boolean) {
  const first = await openInvitation(site, browser, 0, javaScriptEnabled)
  await consent(first)
  await press(first, 'Endorse')
  await first.getByRole('heading', { name: 'Thank you for endorsing' }).waitFor()

  const second = await openInvitation(site, browser, 1, javaScriptEnabled)
  await consent(second)
  await second.getByText('Change the entry').click()
  await second.getByLabel(/^Use another address/).fill('rosa@second.example')
  await press(second, 'Endorse')
  await second.getByRole('heading', { name: 'Look into your inbox' }).waitFor()
  await site.deliverMail()
  const mail = await site.inbox.waitFor('rosa@second.example')
  await second.goto(site.config.baseUrl + linkIn(mail, 'confirm'))
  await second.getByRole('button', { name: /^Confirm/ }).click()
  await second.getByRole('heading', { name: /Thank you/ }).waitFor()

  const third = await openInvitation(site, browser, 2, javaScriptEnabled)
  assert.equal(await third.locator('html').getAttribute('dir'), 'rtl')
  await third.locator('#until').fill('2026-12-03')
  await third.getByRole('button', { name: translator('ar')('invitation.reserve') }).click()
  await third.getByRole('status').waitFor()
  for (const page of [first, second, third]) await page.context().close()
}

/** The desk shows what the ten have answered. */
export async function seeAnswers(page: Page): Promise<void> {
  await turnTo(page, 'Invitations')
  for (const words of ['All 10', 'No answer 7', 'Decides later 1', 'Endorsed 2']) {
    await page.getByRole('link', { name: words, exact: true }).waitFor()
  }
}
