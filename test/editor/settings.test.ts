import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { joinAs, signIn } from '../support/desk.ts'
import { assertValidHtml } from '../support/html.ts'
import { openSite } from '../support/site.ts'

const pathOf = (slug: string, page: string) => `/desk/statements/${slug}/${page}`

describe('the settings of a statement', () => {
  test('are changed with lists of any length, and what is emptied is gone', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const { browser } = await signIn(site, 'admin')
    await browser.open(pathOf(slug, 'settings'))
    await assertValidHtml(browser.html, 'settings')
    const rows = browser.$('[name^=convenor_][name$=_name]').length
    const free = `convenor_${rows - 1}`
    const convenor = { [`${free}_name`]: 'Network of Friends', [`${free}_role`]: 'on behalf of' }
    browser.fill({ ...convenor, convenor_0_name: '', convenor_0_acronym: '' })
    browser.fill({
      convenor_0_url: '',
      topics: 'one\ntwo',
      dated: '2018-09',
      kind: 'declaration',
    })
    await browser.press(/Save/)
    assert.match(browser.text('main'), /Saved/)
    assert.equal(browser.$('[name^=convenor_][name$=_name]').length, rows - 2 + 2)
    const visitor = site.visitor()
    await visitor.open(`/statements/${slug}`)
    assert.match(visitor.text('.convenors'), /On behalf of Network of Friends/)
    assert.match(visitor.text('.kicker'), /Declaration .* September 2018/)
  })

  test('with a fault come back as they were typed', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const { browser } = await signIn(site, 'admin')
    await browser.open(pathOf(slug, 'settings'))
    const wrong = { dated: '2018-13', addressee_0_country: 'Kenya', convenor_0_url: 'example.org' }
    await browser.fill(wrong).press(/Save/)
    assert.equal(browser.status, 422)
    const fields = browser.$('.faults a').toArray()
    assert.deepEqual(
      new Set(fields.map((each) => browser.$(each).attr('href'))),
      new Set(['#addressee_0_country', '#convenor_0_url', '#dated']),
    )
    for (const [name, value] of Object.entries(wrong)) {
      assert.equal(browser.$(`[name=${name}]`).val(), value)
    }
  })

  test('changed by two at a time: one wins, the other is told and keeps what was typed', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const anna = await signIn(site, 'admin')
    const ben = await signIn(site, 'coordinator')
    await joinAs(site, slug, ben.id, 'coordinator')
    await anna.browser.open(pathOf(slug, 'settings'))
    await ben.browser.open(pathOf(slug, 'settings'))
    await anna.browser.fill({ topics: 'by Anna' }).press(/Save/)
    await ben.browser.fill({ topics: 'by Ben' }).press(/Save/)
    assert.equal(ben.browser.status, 409)
    assert.match(ben.browser.text('#newer'), /by Anna/)
    assert.equal(String(ben.browser.$('[name=topics]').val()).trim(), 'by Ben')
    await ben.browser.press(/Save/)
    assert.equal(ben.browser.status, 200)
  })
})

describe('the deadline', () => {
  const later = { closes_date: '2030-01-05', closes_time: '18:00', closes_zone: 'America/Bogota' }

  test('moves only to a later moment, and the public page shows it', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const { browser } = await signIn(site, 'admin')
    await browser.open(pathOf(slug, 'deadline'))
    await assertValidHtml(browser.html, 'deadline')
    await browser.fill({ closes_date: '2026-11-22' }).press(/Extend/)
    assert.match(browser.text('.faults'), /must be later/)
    await browser.fill({ ...later, closes_zone: 'Nowhere' }).press(/Extend/)
    assert.match(browser.text('.faults'), /time zone/)
    await browser.fill(later).press(/Extend/)
    assert.equal(browser.status, 200)
    const visitor = site.visitor()
    await visitor.open(`/statements/${slug}`)
    assert.match(visitor.text('.deadline'), /5 January 2030 at 18:00/)
    assert.match(visitor.text('.deadline'), /5 January 2030, 23:00 UTC/)
    const moved = await site.ctx.db
      .selectFrom('audit_log')
      .selectAll()
      .where('action', '=', 'deadline moved')
      .execute()
    assert.equal(moved.length, 1)
  })

  test('can be ended at once and, for a day, taken up again', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const { browser } = await signIn(site, 'admin')
    await browser.open(pathOf(slug, 'deadline'))
    await browser.press(/Close now/)
    assert.match(browser.text('main'), /Closed/)
    await browser.press(/Open again/)
    assert.equal(browser.$('[value=close]').length, 1)
    await browser.press(/Close now/)
    site.clock.advance({ hours: 25 })
    const again = await signIn(site, 'admin')
    await again.browser.open(pathOf(slug, 'deadline'))
    assert.equal(again.browser.$('main button').length, 0)
  })
})

describe('a preview', () => {
  test('shows what is being written; a private link shows it to others until it ends', async () => {
    const site = await openSite()
    const { browser } = await signIn(site, 'admin')
    await browser.open('/desk/statements/new')
    const draft = { title: 'Open the doors', body: 'We ask for two things.' }
    await browser.fill(draft).press(/Create/)
    await browser.open(pathOf('open-the-doors', 'texts/ar'))
    await browser.fill({ title: 'افتحوا الأبواب', body: 'نطلب أمرين.' }).press(/^Save$/)
    await browser.open(pathOf('open-the-doors', 'preview/ar'))
    assert.match(browser.text('.letter'), /نطلب أمرين/)
    assert.equal(browser.$('.letter').attr('dir'), 'rtl')
    await assertValidHtml(browser.html, 'preview')
    await browser.open(pathOf('open-the-doors', 'preview'))
    await browser.press(/Make a private link/)
    const address = browser.$('.address').first().text()
    const visitor = site.visitor()
    await visitor.open(address)
    assert.equal(visitor.status, 200)
    assert.match(visitor.text('.letter'), /two things/)
    assert.match(visitor.headers.get('x-robots-tag') ?? '', /noindex/)
    assert.equal(visitor.headers.get('referrer-policy'), 'no-referrer')
    await assertValidHtml(visitor.html, 'shared preview')
    await visitor.follow(/العربية/)
    assert.match(visitor.text('.letter'), /نطلب أمرين/)
    await browser.press(/End this link/)
    assert.equal((await visitor.open(address)).status, 404)
    await browser.press(/Make a private link/)
    const second = browser.$('.address').first().text()
    site.clock.advance({ hours: 24 * 8 })
    assert.equal((await visitor.open(second)).status, 404)
  })
})
