import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { languages } from '../../src/languages/languages.ts'
import { signIn } from '../support/desk.ts'
import { assertValidHtml } from '../support/html.ts'
import { openSite } from '../support/site.ts'

describe('the pages for writing a statement', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const { browser } = await signIn(site, 'admin')
  await browser.open('/desk/statements/new')
  await browser.fill({ title: 'Open the doors', body: 'We ask for one thing.' }).press(/Create/)
  const draft = '/desk/statements/open-the-doors'
  await browser.open(`${draft}/texts/uk`)
  await browser.fill({ title: 'Відчиніть двері', body: 'Просимо одне.' }).press(/^Save$/)
  await browser.open(`${draft}/texts/en`)
  await browser.fill({ body: 'We ask for two things.' }).press(/^Save$/)
  await browser.open(`${draft}/preview`)
  await browser.press(/Make a private link/)
  const pages = [
    '/desk/statements/new',
    ...['texts', 'texts/uk', 'texts/en', 'settings', 'preview', 'preview/uk', 'publish'].map(
      (page) => `${draft}/${page}`,
    ),
    `/desk/statements/${slug}/settings`,
    `/desk/statements/${slug}/deadline`,
    `/statements/${slug}/changes`,
  ]

  for (const { code, dir } of languages) {
    test(`are valid HTML in ${code}`, async () => {
      for (const page of pages) {
        await browser.open((code === 'en' ? '' : `/${code}`) + page)
        assert.equal(browser.status, 200, page)
        assert.equal(browser.$('html').attr('dir'), dir)
        assert.equal(browser.$('h1').length, 1, page)
        await assertValidHtml(browser.html, `${code} ${page}`)
      }
    })
  }

  test('a private link shows nothing of a statement that was taken down', async () => {
    await browser.open(`${draft}/preview`)
    const link = new URL(browser.text('main').match(/https?:\S+\/desk\/preview\/[\w-]+/)?.[0] ?? '')
    const visitor = site.visitor()
    await visitor.open(link.pathname)
    assert.equal(visitor.status, 200)
    const down = { state: 'taken-down', taken_down_reason: 'The convenors asked for it.' } as const
    await site.ctx.db.updateTable('statements').set(down).execute()
    await visitor.open(link.pathname)
    assert.equal(visitor.status, 410)
    assert.match(visitor.text('main'), /The convenors asked for it/)
  })
})
