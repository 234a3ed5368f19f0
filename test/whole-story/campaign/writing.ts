// The story's first part: the first admin begins, writes in English and Arabic; a translator does French.
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { firstAdminToken } from '../../../src/coordinators/first-admin.ts'
import { pathsUnder } from '../../../src/paths.ts'
import { readStatementFolder } from '../../../src/statements/statement-file.ts'
import { fixture } from '../../support/fixtures.ts'
import type { TestSite } from '../../support/site.ts'
import {
  choose,
  fillIn,
  follow,
  followMail,
  press,
  sees,
  setUpCode,
  turnTo,
  type Worker,
} from './at-the-desk.ts'

/** One language of the fixture that the story writes. */
async function text(language: string) {
  const read = await readStatementFolder(fixture('statements/naloxone-within-reach'))
  assert.ok(read.ok)
  const version = read.statement.versions.find((each) => each.language === language)
  assert.ok(version)
  return version
}

/** By the link that `npm start` prints while there is nobody. */
export async function becomeAdmin(site: TestSite, page: Page, hasPasskey: boolean) {
  const token = await firstAdminToken(site.ctx)
  await page.goto(pathsUnder(site.config.baseUrl, '').desk.first(token ?? ''))
  const email = 'amina@hhra.example'
  await fillIn(page, { Name: 'Amina Okoro', 'E-mail address': email })
  await press(page, 'Begin')
  const code = await setUpCode(site, page)
  const admin: Worker = { page, email, hasPasskey, code }
  if (hasPasskey) await makePasskey(page)
  return admin
}

async function makePasskey(page: Page): Promise<void> {
  await follow(page, 'Your account')
  await follow(page, 'Passkeys')
  await fillIn(page, { 'What to call it': 'My phone' })
  await press(page, 'Make a passkey with this device')
  await page.getByRole('button', { name: 'Remove My phone' }).waitFor()
}

export async function beginStatement(page: Page): Promise<void> {
  const { title, body } = await text('en')
  await follow(page, 'Your statements')
  await follow(page, 'New statement')
  await fillIn(page, {
    Title: title,
    Text: body,
    'Convenor (optional)': 'Harbour Harm Reduction Alliance',
    'Addressee (optional)': 'Ministers of Health',
    Date: '2026-12-04',
    Time: '12:00',
    'Time zone': 'Europe/London',
  })
  await choose(page, 'Language', 'English')
  await choose(page, 'Kind', 'Open letter')
  await press(page, 'Create the draft')
  await sees(page, 'Before you publish')
}

export async function writeIn(page: Page, language: string, name: string): Promise<void> {
  const { title, summary, body } = await text(language)
  await turnTo(page, 'Texts')
  await choose(page, 'Language', name)
  await press(page, 'Begin')
  await fillIn(page, { Title: title, 'Summary (optional)': summary, Text: body })
  await press(page, 'Save as reviewed')
  await sees(page, 'Saved.')
}

export async function bringTranslator(page: Page): Promise<string> {
  const email = 'claire@reseau.example'
  await turnTo(page, 'Team')
  await fillIn(page, { 'E-mail address': email, Name: 'Claire Moreau' })
  await choose(page, 'Role', 'Translator: language versions only')
  await press(page, 'Add and send the sign-in link')
  await sees(page, 'The sign-in link is on its way.')
  await sees(page, 'Claire Moreau')
  return email
}

/** In a second browser: from the mail to the finished text. */
export async function translate(site: TestSite, page: Page, email: string): Promise<void> {
  await followMail(site, page, email)
  await press(page, 'Sign in')
  await follow(page, /Naloxone within reach/)
  await writeIn(page, 'fr', 'Français')
  assert.equal(await page.getByRole('link', { name: 'Publish' }).count(), 0)
}

/** @returns the address of the public page */
export async function publish(page: Page): Promise<string> {
  await turnTo(page, 'Publish')
  for (const name of ['English', 'العربية', 'Français']) await sees(page, name)
  await press(page, 'Publish now')
  await sees(page, 'The statement is public.')
  await follow(page, 'See it as the public does')
  await page.getByRole('heading', { name: /Naloxone within reach/ }).waitFor()
  const address = page.url()
  await page.getByRole('link', { name: 'العربية' }).first().click()
  assert.equal(await page.locator('html').getAttribute('dir'), 'rtl')
  await page.goBack()
  return address
}
