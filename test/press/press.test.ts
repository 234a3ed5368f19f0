// What journalists find, and how coordinators put quotes and a contact there.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { hideNames } from '../../src/endorsements/hide-names.ts'
import { languages } from '../../src/languages/languages.ts'
import { signUpAndConfirm } from '../support/crowd.ts'
import { joinAs, signIn } from '../support/desk.ts'
import { assertValidHtml } from '../support/html.ts'
import { someOrganisation } from '../support/people.ts'
import { counts } from '../support/signing.ts'
import { openSite } from '../support/site.ts'

describe('the press page', async () => {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish()
  for (let n = 0; n < 11; n += 1) await signUpAndConfirm(site, slug, someOrganisation())
  const page = `/statements/${slug}/press`
  const desk = `/desk/statements/${slug}/press`
  const { browser } = await signIn(site, 'admin')
  const said = {
    words: 'Four friends “died”\nthis year.',
    quote_name: 'Leyla Aydın',
    quote_role: 'Harbour',
    evidence: 'Signed letter of 3 May',
  }
  const rows = () => site.ctx.db.selectFrom('press_quotes').selectAll().execute()

  test('tells the numbers of count.json, and sentences that do not overstate them', async () => {
    const { organisations, countries } = await counts(site, slug)
    for (const { code } of languages) {
      const visitor = await site.visitor(code).open(code === 'en' ? page : `/${code}${page}`)
      assert.equal(visitor.text('[data-count=organisations]'), String(organisations))
      assert.equal(visitor.text('[data-count=countries]'), String(countries))
      const [sentence, citation] = visitor.$('textarea').toArray()
      assert.equal(visitor.$(sentence).attr('lang'), code)
      assert.match(visitor.$(sentence).text(), /\b10\b/)
      assert.ok(
        visitor
          .$(citation)
          .text()
          .includes(`${site.address}${code === 'en' ? '' : `/${code}`}`),
      )
      assert.equal(visitor.$('textarea').length, 2 * languages.length)
    }
    const statement = await site.visitor().open(`/statements/${slug}`)
    await statement.follow(/Press page/)
    assert.match(statement.$('textarea').first().text(), /over 10 organisations/)
  })

  test('has a quote only with consent, and not a moment longer', async () => {
    await browser.open(desk)
    await assertValidHtml(browser.html, 'press at the desk')
    await browser.fill(said).press(/Publish/)
    assert.equal(browser.status, 422)
    assert.deepEqual(await rows(), [])
    assert.equal(String(browser.$('[name=quote_name]').val()), said.quote_name)
    await browser.tick('consent').press(/Publish/)
    const visitor = await site.visitor().open(page)
    assert.match(visitor.text('.quote'), /Four friends “died”\s+this year\.\s+Leyla Aydın, Harbour/)
    assert.ok(!visitor.html.includes('3 May'), 'how they agreed is for the desk')
    assert.ok(!JSON.stringify(await rows()).includes('3 May'), 'and sealed')
    assert.match(browser.text('main'), /Signed letter of 3 May/)
    await browser.press(/Take down/)
    assert.equal((await visitor.open(page)).$('.quote').length, 0)
    assert.deepEqual(await rows(), [])
    const log = await site.ctx.db.selectFrom('audit_log').select(['action', 'detail']).execute()
    const told = log.filter(({ action }) => action.startsWith('quote'))
    assert.deepEqual(
      told.map(({ action }) => action),
      ['quote added', 'quote taken down'],
    )
    assert.doesNotMatch(JSON.stringify(told), /Leyla|friends|May/)
  })

  test('has a contact as typed; of two who change it one is told', async () => {
    const other = await signIn(site, 'coordinator')
    await joinAs(site, slug, other.id, 'coordinator')
    await browser.open(desk)
    await other.browser.open(desk)
    const contact = { name: 'Noor', email: 'press@network.example', phone: '+44 20 7946 0000' }
    await browser.fill({ ...contact, email: 'nobody' }).press(/^Save$/)
    assert.equal(browser.status, 422)
    await browser.fill(contact).press(/^Save$/)
    const visitor = await site.visitor().open(page)
    assert.match(visitor.text('.panel'), /Noor\s*press@network\.example\s*\+44 20 7946 0000/)
    assert.equal(visitor.$('a[href="tel:+442079460000"]').length, 1)
    await other.browser.fill({ name: 'Ben' }).press(/^Save$/)
    assert.equal(other.browser.status, 409)
    assert.match(other.browser.text('#newer'), /Noor/)
    assert.equal(String(other.browser.$('[name=name]').val()), 'Ben')
    await other.browser.press(/^Save$/)
    assert.match((await visitor.open(page)).text('.panel'), /Ben/)
  })

  test('names nobody while names are taken out of view', async () => {
    await browser.open(desk)
    await browser
      .fill(said)
      .tick('consent')
      .press(/Publish/)
    await hideNames(site.ctx, slug, 'individuals', 'test')
    const visitor = await site.visitor().open(page)
    assert.equal(visitor.$('.quote').length, 0)
    await browser.open(desk)
    assert.match(browser.text('main'), /no quote is shown in public/)
  })
})
