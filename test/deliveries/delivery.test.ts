import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { closeStatement } from '../../src/statements/open-and-close.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { prune } from '../../src/privacy/retention.ts'
import { postAs, signIn } from '../support/desk.ts'
import { assertValidHtml } from '../support/html.ts'
import { somebody } from '../support/people.ts'
import { signAndConfirm } from '../support/signing.ts'
import { openSite } from '../support/site.ts'

const handedOver = {
  kind: 'delivered',
  happened_on: '2026-11',
  who: 'Ministry of Health',
  how: 'at a meeting',
  note: 'Six of us went.',
  link: 'https://network.example/photo',
  language: 'en',
}

async function openClosed({ isClosed = true } = {}) {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish()
  await signAndConfirm(site, slug, somebody())
  const admin = await signIn(site, 'admin')
  if (isClosed) await closeStatement(site.ctx, slug)
  return { site, slug, admin, path: `/desk/statements/${slug}/delivery` }
}

describe('a delivery', () => {
  test('is recorded at the desk, makes the statement delivered, and everyone can follow it', async () => {
    const { site, slug, admin, path } = await openClosed()
    const { browser } = admin
    await browser.open(path)
    await browser.fill(handedOver).press(/Record it/)
    assert.equal(browser.status, 200)
    const answer = { kind: 'answered', happened_on: '2026-11-20', who: 'The minister' }
    await browser.fill(answer).press(/Record it/)
    assert.equal((await findStatement(site.ctx.db, slug))?.state, 'delivered')

    const visitor = site.visitor()
    await visitor.open(`/es/statements/${slug}`)
    const entries = visitor.$('ol.timeline > li').toArray()
    assert.deepEqual(
      entries.map((entry) => visitor.$(entry).find('time').attr('datetime')),
      ['2026-11', '2026-11-20'],
    )
    assert.match(visitor.text('ol.timeline'), /noviembre de 2026 · Entregada Ministry of Health/)
    await assertValidHtml(visitor.html, 'the statement with its timeline')
  })

  test('starts the time after which contact data is deleted', async () => {
    const { site, admin, path } = await openClosed()
    assert.equal((await postAs(site, admin, path, handedOver)).status, 303)
    site.clock.advance({ days: 29 })
    assert.equal((await prune(site.ctx)).contacts, 0)
    site.clock.advance({ days: 2 })
    assert.equal((await prune(site.ctx)).contacts, 1)
  })

  test('of a statement that can still be signed is not recorded', async () => {
    const { site, slug, admin, path } = await openClosed({ isClosed: false })
    assert.equal((await postAs(site, admin, path, handedOver)).status, 422)
    assert.equal((await findStatement(site.ctx.db, slug))?.deliveredAt, null)
    await admin.browser.open(path)
    assert.match(admin.browser.text('main'), /Close it first/)
  })

  test('with a wrong or future date, without a name or with a strange link is sent back as typed', async () => {
    const { admin, path } = await openClosed()
    const { browser } = admin
    await browser.open(path)
    const wrong = { ...handedOver, happened_on: '2027', who: '', link: 'javascript:alert(1)' }
    await browser.fill(wrong).press(/Record it/)
    assert.equal(browser.status, 422)
    assert.match(browser.text('.faults'), /has not come yet.*Say who.*https:/)
    assert.equal(browser.$('#happened_on').val(), '2027')
    await assertValidHtml(browser.html, 'the form with faults')
    await browser.fill({ ...handedOver, happened_on: '2026-02-30' }).press(/Record it/)
    assert.match(browser.text('.faults'), /Type a date/)
  })

  test('is corrected; of two at the same time one is told, and keeps what was typed', async () => {
    const { site, slug, admin, path } = await openClosed()
    await postAs(site, admin, path, handedOver)
    const ben = await signIn(site, 'admin')
    for (const { browser } of [admin, ben]) {
      await browser.open(path)
      await browser.press('Correct it')
      assert.equal(browser.$('#who').val(), handedOver.who)
    }
    await admin.browser.fill({ who: 'Ministry of the Interior' }).press('Save')
    assert.equal(admin.browser.status, 200)
    await ben.browser.fill({ who: 'Office of the Minister' }).press('Save')
    assert.equal(ben.browser.status, 409)
    assert.match(ben.browser.text('.timeline'), /Ministry of the Interior/)
    assert.equal(ben.browser.$('#who').val(), 'Office of the Minister')
    await ben.browser.press('Save')
    const visitor = await site.visitor().open(`/statements/${slug}`)
    assert.match(visitor.text('ol.timeline'), /Office of the Minister/)
    assert.equal(visitor.$('ol.timeline > li').length, 1)
  })

  test('that was a mistake is taken away again', async () => {
    const { site, slug, admin, path } = await openClosed()
    const { browser } = admin
    await browser.open(path)
    await browser.fill(handedOver).press(/Record it/)
    await browser.fill({ remove: String(browser.$('#remove option').val()) }).press(/Remove/)
    assert.equal(browser.$('ol.timeline').length, 0)
    await browser.open(`${site.address}/statements/${slug}`)
    assert.equal(browser.$('ol.timeline').length, 0)
  })
})
