import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { load } from 'cheerio'
import { joinAs, postAs, send, signIn } from '../support/desk.ts'
import { assertValidHtml } from '../support/html.ts'
import { somebody } from '../support/people.ts'
import { signAndConfirm } from '../support/signing.ts'
import { openSite } from '../support/site.ts'
import { saveText } from '../../src/updates/write-update.ts'
import { aMinute, english, publishUpdate, spanish, stateOf, writeUpdate } from './campaign.ts'

async function openDesk() {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish('naloxone-within-reach', { discreet: false })
  const admin = await signIn(site, 'admin')
  return { site, slug, admin, path: `/desk/statements/${slug}/updates` }
}

describe('at the desk', () => {
  test('an update is written in two languages, tried out, sent with a code, and read by everyone', async () => {
    const { site, slug, admin, path } = await openDesk()
    const wanting = somebody({ updates: 'yes' })
    await signAndConfirm(site, slug, wanting)
    site.inbox.clear()
    const { browser } = admin
    await browser.open(path)
    assert.match(browser.text('main'), /1 mailbox gets updates/)
    await browser.press(/Write an update/)
    const id = browser.url.split('/').at(-2)
    await browser.open(`${path}/${id}`)
    assert.doesNotMatch(browser.text('main'), /Publish it/, 'there is nothing to publish yet')
    await browser.follow(/Write in English/)
    await browser.fill({ title: english.title, body: english.body }).press(/Save/)
    await browser.follow(/Write in Español/)
    assert.match(browser.text('main'), /We met the minister/, 'the main text stands beside it')
    await browser.fill({ title: spanish.title, body: spanish.body }).press(/Save/)
    assert.match(browser.text('.mail-preview'), /Vimos a la ministra/)

    await browser.press(/test mail/)
    await site.deliverMail()
    const [tried] = site.inbox.matching(admin.email)
    assert.equal(tried?.subject, spanish.title)
    assert.equal(tried.headers.get('list-unsubscribe'), undefined)

    site.clock.advance({ minutes: 30 })
    await browser.open(browser.url).then(() => browser.press(/Publish it/))
    assert.equal(browser.status, 403, 'the second factor is asked for again')
    await browser.fill({ second_factor: admin.code() }).press()
    assert.equal(browser.status, 200)
    assert.match(browser.text('main'), /Mails sent: 0 of 1/)
    await aMinute(site)
    await aMinute(site)
    await browser.open(browser.url)
    assert.match(browser.text('main'), /Mails sent: 1 of 1/)
    assert.equal(site.inbox.matching(wanting['email'] ?? '').length, 1)

    const visitor = site.visitor()
    await visitor.open(`/es/statements/${slug}`)
    await visitor.follow(/Leer las novedades/)
    assert.match(visitor.text('article'), /Vimos a la ministra Nos escuchó\./)
  })

  test('what may not be in an update is refused, and what was typed is kept', async () => {
    const { site, slug, admin, path } = await openDesk()
    const id = await writeUpdate(site, slug)
    const { browser } = admin
    await browser.open(`${path}/${id}/text?in=en`)
    await browser.fill({ title: '', body: 'See\n\n<script>alert(1)</script>' }).press(/Save/)
    assert.equal(browser.status, 422)
    assert.match(browser.text('.faults'), /Type a title\. Line 3/)
    assert.match(String(browser.$('textarea').val()), /<script>/)
    await assertValidHtml(browser.html, 'the form with faults')
  })

  test('who saves second is told, sees the other text, and loses nothing', async () => {
    const { site, slug, admin, path } = await openDesk()
    const id = await writeUpdate(site, slug)
    const other = await signIn(site, 'admin')
    const address = `${path}/${id}/text?in=en`
    await admin.browser.open(address)
    await other.browser.open(address)
    await admin.browser.fill({ body: 'Anna’s words.' }).press(/Save/)
    await other.browser.fill({ body: 'Ben’s words.' }).press(/Save/)
    assert.equal(other.browser.status, 409)
    assert.match(other.browser.text('.mail-preview'), /Anna’s words/)
    assert.match(String(other.browser.$('textarea').val()), /Ben’s words/)
    await other.browser.press(/Save/)
    assert.match(other.browser.text('.mail-preview'), /Ben’s words/)
  })

  test('a translator writes other languages than the main one, and sends nothing', async () => {
    const { site, slug, path } = await openDesk()
    const id = await writeUpdate(site, slug)
    const translator = await signIn(site, 'translator')
    await joinAs(site, slug, translator.id, 'translator')
    const { title, body } = spanish
    const text = `${path}/${id}/text`
    const written = await postAs(site, translator, text, { in: 'es', title, body, revision: '0' })
    assert.equal(written.status, 303)
    const main = await postAs(site, translator, text, { in: 'en', title, body, revision: '1' })
    assert.equal(main.status, 403)
    assert.equal((await postAs(site, translator, `${path}/${id}/send`, {})).status, 403)
  })

  test('an update of another statement is not found', async () => {
    const { site, slug, admin } = await openDesk()
    const other = await site.publish('community-monitoring-submission')
    const id = await writeUpdate(site, slug)
    await admin.browser.open(`/desk/statements/${other}/updates/${id}`)
    assert.equal(admin.browser.status, 404)
  })

  test('every page about updates is valid in every language', async () => {
    const { site, slug, admin, path } = await openDesk()
    const draft = await writeUpdate(site, slug, [english, spanish])
    const sent = await publishUpdate(site, slug)
    for (const prefix of ['', '/es', '/fr', '/ru', '/ar']) {
      for (const page of ['', `/${draft}`, `/${draft}/text?in=es`, `/${sent}`]) {
        await admin.browser.open(prefix + path + page)
        assert.equal(admin.browser.status, 200)
        await assertValidHtml(admin.browser.html, prefix + page)
      }
      const shown = await fetch(`${site.address}${prefix}/statements/${slug}/updates`)
      const html = await shown.text()
      await assertValidHtml(html, `${prefix} public`)
      assert.equal(load(html)('article').length, 1, 'drafts are not public')
    }
  })

  test('whoever sends has seen what is sent: after a colleague’s save it is shown again', async () => {
    const { site, slug, admin, path } = await openDesk()
    const id = await writeUpdate(site, slug)
    const { browser } = admin
    await browser.open(`${path}/${id}`)
    const changed = { ...english, body: 'She **refused**.', revision: 1 }
    assert.equal(await saveText(site.ctx, id, changed), 'saved')
    await browser.press(/Publish it/)
    assert.equal(browser.status, 409)
    assert.match(browser.text('.faults'), /Somebody has changed a text/)
    assert.match(browser.text('.mail-preview'), /She refused/)
    await assertValidHtml(browser.html, 'an update that was changed')
    assert.equal((await stateOf(site, id))?.state, 'draft')
    await browser.press(/Publish it/)
    assert.equal(browser.status, 200)
    assert.equal((await stateOf(site, id))?.state, 'sending')
  })

  test('an update that is sent by two presses at the same moment comes once to each', async () => {
    const { site, slug, admin, path } = await openDesk()
    const wanting = [somebody({ updates: 'yes' }), somebody({ updates: 'yes' })]
    for (const each of wanting) await signAndConfirm(site, slug, each)
    const id = await writeUpdate(site, slug)
    site.inbox.clear()
    const { browser } = admin
    await browser.open(`${path}/${id}`)
    const value = (name: string) => String(browser.$(`input[name=${name}]`).first().val())
    const typed = { form_key: value('form_key'), seen: value('seen') }
    const press = () => send(site, `${path}/${id}/send`, browser.cookie, typed)
    const answers = await Promise.all([press(), press()])
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([303, 409]))
    for (let minute = 0; minute < 3; minute += 1) await aMinute(site)
    assert.deepEqual(
      site.inbox.mails.flatMap(({ recipients }) => recipients).toSorted(),
      wanting.map(({ email = '' }) => email).toSorted(),
    )
  })
})
