import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { joinAs, send, signIn } from '../support/desk.ts'
import { assertValidHtml } from '../support/html.ts'
import { somebody, someOrganisation } from '../support/people.ts'
import { counts, listed, signAndConfirm } from '../support/signing.ts'
import { openSite } from '../support/site.ts'

async function withFlood() {
  const site = await openSite()
  const slug = await site.publish()
  await signAndConfirm(site, slug, someOrganisation({ name: 'A Real One' }))
  for (const n of [1, 2, 3]) {
    await signAndConfirm(site, slug, somebody({ email: `bot${n}@flood.example` }))
  }
  const { id, browser, code } = await signIn(site, 'coordinator')
  await joinAs(site, slug, id, 'coordinator')
  await browser.open(`/desk/statements/${slug}/invalidations`)
  return { site, slug, browser, code }
}

const reason = 'Made by a machine within a minute.'

describe('an invalidation', () => {
  test('counts first, takes them out with a fresh second factor, and tells the public numbers only', async () => {
    const { site, slug, browser, code } = await withFlood()
    await assertValidHtml(browser.html, 'invalidations')
    await browser.fill({ domain: 'flood.example', reason }).press(/Count them first/)
    assert.match(browser.text(), /3 entries fit/)
    assert.match(browser.text(), /bot1@flood\.example/)
    await assertValidHtml(browser.html, 'an invalidation')
    assert.equal((await counts(site, slug))['total'], 4)
    site.clock.advance({ minutes: 11 })
    await browser.press('Take them out')
    assert.match(browser.text('h1'), /Is it still you/)
    await browser.fill({ second_factor: code() }).press()
    assert.match(browser.text(), /Done.*3 entries are taken out/)
    assert.equal((await counts(site, slug))['total'], 1)
    const list = await site.visitor().open(`/statements/${slug}/signatories`)
    assert.match(list.text(), /0 organisations and 3 individuals are no longer counted/)
    assert.match(list.text(), /Made by a machine/)
    assert.doesNotMatch(list.html, /flood\.example/)
  })

  test('is undone, except for what somebody has decided on since', async () => {
    const { site, slug, browser } = await withFlood()
    await browser.fill({ domain: 'flood.example', reason }).press(/Count them first/)
    await browser.press('Take them out')
    const { pathname } = new URL(browser.url)
    await browser.open(`/desk/statements/${slug}/review?show=rejected`)
    const first = browser.$('.review-name input').first().attr('name') ?? ''
    await browser
      .tick(first)
      .choose('decision', 'approved')
      .press(/Decide/)
    await browser.open(pathname)
    await browser.press('Bring them back')
    assert.match(browser.text(), /Undone/)
    assert.equal((await counts(site, slug))['total'], 4)
    assert.equal((await listed(site, slug)).length, 4)
  })

  test('wants a criterion and a reason, and a draft can be stopped', async () => {
    const { site, slug, browser } = await withFlood()
    await browser.fill({ reason: '' }).press(/Count them first/)
    assert.equal(browser.status, 422)
    assert.match(browser.text('.faults'), /at least one.*reason/)
    browser.fill({ domain: 'flood.example', text: 'nobody is called so', reason })
    await browser.press(/Count them first/)
    assert.match(browser.text(), /No entry fits/)
    await browser.press('Stop')
    assert.match(browser.text(), /Stopped/)
    assert.equal((await counts(site, slug))['total'], 4)
  })

  test('that runs is not undone before it was stopped', async () => {
    const { site, browser } = await withFlood()
    await browser.fill({ domain: 'flood.example', reason }).press(/Count them first/)
    await browser.press('Take them out')
    // as after a first round that was long enough
    await site.ctx.db.updateTable('invalidations').set({ state: 'running' }).execute()
    const { pathname } = new URL(browser.url)
    const form_key = String(browser.$('input[name=form_key]').first().val())
    const undo = await send(site, `${pathname}/undo`, browser.cookie, { form_key })
    assert.equal(undo.status, 303)
    const reviews = await site.ctx.db.selectFrom('reviews').select('undone_at').execute()
    assert.deepEqual(
      reviews.map(({ undone_at }) => undone_at),
      [null, null, null],
    )
  })

  test('is started and undone once by those who press at the same time', async () => {
    const { site, slug, browser } = await withFlood()
    await browser.fill({ domain: 'flood.example', reason }).press(/Count them first/)
    const { pathname } = new URL(browser.url)
    const form_key = String(browser.$('input[name=form_key]').first().val())
    const press = (what: string) => send(site, `${pathname}/${what}`, browser.cookie, { form_key })
    await Promise.all(['start', 'start', 'start'].map(press))
    assert.equal((await counts(site, slug))['total'], 1)
    await Promise.all(['undo', 'undo', 'start'].map(press))
    assert.equal((await counts(site, slug))['total'], 4)
    const log = await site.ctx.db.selectFrom('audit_log').select('action').execute()
    const told = log.map(({ action }) => action).filter((each) => each.startsWith('invalidation'))
    const once = ['invalidation prepared', 'invalidation started', 'invalidation undone']
    assert.deepEqual(told, once)
  })

  test('tells nothing of confidential entries, by country or by minute, and takes none out', async () => {
    const { site, slug, browser } = await withFlood()
    await signAndConfirm(site, slug, somebody({ country: 'NP', visibility: 'confidential' }))
    const list = browser.url
    await browser.fill({ country: 'NP', reason }).press(/Count them first/)
    assert.match(browser.text(), /No entry fits.*Confidential entries are never among them/)
    await browser.press('Take them out')
    await browser.open(list)
    await browser.fill({ from: '2020-01-01T00:00', reason }).press(/Count them first/)
    assert.match(browser.text(), /4 entries fit/)
    await browser.press('Take them out')
    assert.equal((await counts(site, slug))['total'], 1)
  })
})
