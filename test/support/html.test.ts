import { after, before, describe, test } from 'node:test'
import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { assertAccessible, assertValidHtml } from './html.ts'

const pageWith = (body: string) => `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>A statement</title></head>
<body><main><h1>A statement</h1>${body}</main></body>
</html>`

const good = pageWith('<p lang="ar" dir="rtl">النالوكسون <bdi>GNP+</bdi></p>')

describe('Valid HTML', () => {
  test('a good page passes', () => assertValidHtml(good, 'good'))

  test('a bad page fails with its name, the line and the rule', async () => {
    const bad = pageWith('<p id="a"><div id="a" style="color:red">x</div></p>')
    await assert.rejects(assertValidHtml(bad, 'bad'), /bad is not valid.*line 4.*no-dup-id/s)
    await assert.rejects(assertValidHtml(bad, 'bad'), /no-inline-style/)
  })
})

describe('Accessible pages, in the browser', () => {
  let browser: Browser
  before(async () => {
    browser = await openBrowser()
  })
  after(() => browser.close())

  const openPage = async (html: string) => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.setContent(html)
    return page
  }

  test('a good page passes', async () => {
    await assertAccessible(await openPage(good), 'good')
  })

  test('a field without a label and pale text fail', async () => {
    const page = await openPage(pageWith('<input><p style="color:#ccc">pale</p>'))
    await assert.rejects(assertAccessible(page, 'bad'), /bad has barriers.*contrast.*label/s)
  })

  for (const [language, word] of Object.entries({
    es: 'ñandú',
    ru: 'налоксон',
    ar: 'النالوكسون',
  })) {
    test(`letters of ${language} are drawn, not boxes`, async (t) => {
      const page = await openPage(pageWith(`<p lang="${language}"><span>${word}</span></p>`))
      const drawn = await page.locator('span').screenshot()
      const boxes = '\u{10FFFD}'.repeat(word.length)
      await page.locator('span').evaluate((span, text) => void (span.textContent = text), boxes)
      if (drawn.equals(await page.locator('span').screenshot())) t.skip('no font for it here')
    })
  }
})
