// Every page in Chromium: no barrier that axe can find (WCAG 2.2 AA) in light and dark, nothing to
// scroll sideways on the narrowest phone, and nothing that the page's own security policy refuses.
import { after, describe, test } from 'node:test'
import { openBrowser } from '../support/browser.ts'
import { openEveryPage } from './pages/campaign.ts'
import { assertWithoutBarriers, openScreen } from './pages/screen.ts'
import { everyVisit } from './pages/visits.ts'

const browser = await openBrowser()
after(() => browser.close())

describe('every page in a browser', async () => {
  const campaign = await openEveryPage()
  const screen = await openScreen(browser, campaign.site.address)

  for (const visit of everyVisit(campaign)) {
    test(`${visit.name} has no barriers`, () => assertWithoutBarriers(screen, visit))
  }
})
