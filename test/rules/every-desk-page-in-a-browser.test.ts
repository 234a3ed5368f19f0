// Every page of the desk in Chromium, held to what the public pages are held to.
import { after, describe, test } from 'node:test'
import { openBrowser } from '../support/browser.ts'
import { openDeskPages } from './desk-pages/campaign.ts'
import { everyDeskVisit } from './desk-pages/visits.ts'
import { assertWithoutBarriers, openScreen } from './pages/screen.ts'

const browser = await openBrowser()
after(() => browser.close())

describe('every page of the desk in a browser', async () => {
  const campaign = await openDeskPages()
  const screen = await openScreen(browser, campaign.site.address)

  for (const visit of await everyDeskVisit(campaign)) {
    test(`${visit.name} has no barriers`, () => assertWithoutBarriers(screen, visit))
  }
})
