// A whole campaign at the desk in a real browser, as two people and those they invite: with a passkey,
// and the same without JavaScript with the code app.
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { openSite } from '../support/site.ts'
import { follow, openPage, signInAgain } from './campaign/at-the-desk.ts'
import { extendAndClose, readTimeline, recordDelivery, sendUpdate } from './campaign/finishing.ts'
import { answer, bringIn, inviteTen, mergeOne, review, seeAnswers } from './campaign/gathering.ts'
import {
  beginStatement,
  becomeAdmin,
  bringTranslator,
  publish,
  translate,
  writeIn,
} from './campaign/writing.ts'

const browser = await openBrowser()
after(() => browser.close())

/** Passkeys need a name instead of numbers. */
async function openNamedSite() {
  const site = await openSite()
  site.config.baseUrl = site.address.replace('127.0.0.1', 'localhost')
  return site
}

async function backToDesk(page: Page, address: string) {
  await page.goto(`${new URL(address).origin}/desk`)
  await page
    .getByRole('link', { name: /Naloxone within reach/ })
    .first()
    .click()
}

describe('a campaign at the desk', () => {
  for (const withJavaScript of [true, false]) {
    test(withJavaScript ? 'with a passkey' : 'without JavaScript', async () => {
      const site = await openNamedSite()
      const page = await openPage(browser, withJavaScript, withJavaScript)
      const admin = await becomeAdmin(site, page, withJavaScript)
      await beginStatement(page)
      await writeIn(page, 'ar', 'العربية')
      const translator = await openPage(browser, false, withJavaScript)
      await translate(site, translator, await bringTranslator(page))
      const address = await publish(page)

      await backToDesk(page, address)
      await bringIn(page)
      await review(page)
      await mergeOne(page)
      await inviteTen(page)
      await answer(site, browser, withJavaScript)
      await seeAnswers(page)

      site.clock.advance({ days: 3 })
      await signInAgain(site, admin)
      await follow(page, /Naloxone within reach/)
      await extendAndClose(site, page)
      await sendUpdate(site, page)
      await recordDelivery(page)
      await readTimeline(page, address)
      assert.equal(await page.getByText('Claire').count(), 0)
    })
  }
})
