// The main journeys of the desk with nothing but a keyboard: Tab, Enter, the space bar and letters.
import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { signIn } from '../support/desk.ts'
import { someOrganisation } from '../support/people.ts'
import { signAndConfirm } from '../support/signing.ts'
import { openSite } from '../support/site.ts'

const browser = await openBrowser()
after(() => browser.close())

const mostTabs = 120

/** What has the focus, and whether that can be seen. */
async function focused(page: Page) {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    const { top, bottom, width } = element.getBoundingClientRect()
    const isInSight = bottom > 0 && top < innerHeight && width > 0
    const isMarked = outlineStyle !== 'none' && parseFloat(outlineWidth) > 0
    return { html: element.outerHTML.slice(0, 120), isSeen: isInSight && isMarked }
  })
}

/** Presses Tab until it is there; wherever that leads, one must be able to see it. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let n = 0; n < mostTabs; n += 1) {
    await page.keyboard.press('Tab')
    const { html, isSeen } = await focused(page)
    assert.ok(isSeen, `the focus is seen on ${html}`)
    if (await isOn(page, selector)) return
  }
  assert.fail(`${selector} cannot be reached on ${page.url()}`)
}

const isOn = (page: Page, selector: string) =>
  page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)

async function enter(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
}

/** Goes to a field by Tab and types over what is in it. */
async function typeInto(page: Page, selector: string, text: string): Promise<void> {
  await tabTo(page, selector)
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(text)
}

const of = (slug: string, path: string) => `/desk/statements/${slug}/${path}`

const mainText = (page: Page) => page.locator('main').innerText()

describe('with a keyboard only', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const wrong = { name: 'World Health Organization', email: 'me@gmail.com' }
  await signAndConfirm(site, slug, someOrganisation(wrong))
  const admin = await signIn(site, 'admin')
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const [name = '', value = ''] = admin.browser.cookie.split('=')
  await context.addCookies([{ name, value, url: site.address }])
  const page = await context.newPage()
  const open = (path: string) => page.goto(site.address + path)

  test('the navigation is skipped, and faults are told where the focus is', async () => {
    await open('/desk/statements/new')
    await tabTo(page, '.skip')
    await page.keyboard.press('Enter')
    assert.ok(await isOn(page, 'main'))
    await typeInto(page, '#body', 'Open them.')
    await tabTo(page, 'main button')
    await enter(page)
    assert.ok(await isOn(page, '.faults'))
    await tabTo(page, '.faults a')
    await page.keyboard.press('Enter')
    assert.ok(await isOn(page, '#title'))
  })

  test('the pages of a statement are in sight, and a menu on a phone', async () => {
    await open(`/desk/statements/${slug}`)
    const pages = page.getByRole('navigation', { name: 'Statement' })
    assert.equal(await pages.getByRole('link', { name: 'Team' }).count(), 1)
    await tabTo(page, 'nav a[href$=review]')
    await enter(page)
    await page.setViewportSize({ width: 360, height: 640 })
    assert.equal(await pages.getByRole('link', { name: 'Team' }).count(), 0)
    await tabTo(page, '.desk-statement summary')
    await page.keyboard.press('Enter')
    await tabTo(page, 'nav a[href$=team]')
    await enter(page)
    assert.match(page.url(), /\/team$/)
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  test('a statement is written, translated beside its text, and published', async () => {
    await open('/desk/statements/new')
    await typeInto(page, '#title', 'Open the doors')
    await typeInto(page, '#body', 'We ask for two things.')
    await tabTo(page, 'main button')
    await enter(page)
    await open(of('open-the-doors', 'texts/fr'))
    await typeInto(page, '#title', 'Ouvrez les portes')
    await typeInto(page, '#body', 'Nous demandons deux choses.')
    await tabTo(page, 'button[value=reviewed]')
    await enter(page)
    assert.match(await mainText(page), /Saved/)
    await open(of('open-the-doors', 'publish'))
    await tabTo(page, 'button[value=now]')
    await enter(page)
    assert.match(await mainText(page), /The statement is public/)
  })

  test('the columns of a pasted table are chosen, and its rows brought in', async () => {
    await open(of(slug, 'imports'))
    await typeInto(
      page,
      '#table',
      'Group,Where from,Reach us\nSunrise Union,Kenya,a@sunrise.example',
    )
    await tabTo(page, 'main form button')
    await enter(page)
    for (const [n, letters] of ['Name', 'Country', 'E-mail'].entries()) {
      await tabTo(page, `select[name=column_${n}]`)
      await page.keyboard.type(letters)
    }
    await tabTo(page, 'form:has(select) button')
    await enter(page)
    assert.match(await mainText(page), /1 row: 1 new/)
    await tabTo(page, 'form[action$=bring] button')
    await enter(page)
    assert.match(await mainText(page), /What was brought in/)
  })

  test('an entry is decided on by letters', async () => {
    await open(of(slug, 'review'))
    for (const letter of 'jxa') await page.keyboard.press(letter)
    assert.ok(await page.locator('.review-name input').first().isChecked())
    assert.ok(await page.locator('#decision-approved').isChecked())
    await tabTo(page, '.verdict button')
    await enter(page)
    assert.match(await mainText(page), /1 entry is decided/)
  })
})
