import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type DeskPerson, joinAs, signIn } from '../support/desk.ts'
import { assertValidHtml } from '../support/html.ts'
import { harbour } from '../support/people.ts'
import { signAndConfirm } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

const pathOf = (slug: string, page: string) => `/desk/statements/${slug}/${page}`

async function openDraft(): Promise<{ site: TestSite; anna: DeskPerson; slug: string }> {
  const site = await openSite()
  const anna = await signIn(site, 'admin')
  await anna.browser.open('/desk/statements/new')
  const draft = { title: 'Open the doors', body: 'We ask for two things.', convenor: 'Harbour' }
  await anna.browser.fill(draft).press(/Create/)
  return { site, anna, slug: 'open-the-doors' }
}

const french = { title: 'Ouvrez les portes', body: 'Nous demandons deux choses.' }

describe('a language version', () => {
  test('is written beside the authoritative text, reviewed, and published with the statement', async () => {
    const { site, anna, slug } = await openDraft()
    const tom = await signIn(site, 'translator')
    await joinAs(site, slug, tom.id, 'translator')
    const { browser } = tom
    await browser.open(pathOf(slug, 'texts'))
    await browser.fill({ language: 'fr' }).press(/Begin/)
    assert.match(browser.text('.side-text'), /We ask for two things\. 5 words/)
    await browser.fill(french).press(/^Save$/)
    await assertValidHtml(browser.html, 'text')
    await anna.browser.open(pathOf(slug, 'publish'))
    assert.match(anna.browser.text('#checks'), /Français: still a draft/)
    await browser.press(/Save as reviewed/)
    await anna.browser.open(pathOf(slug, 'publish'))
    assert.doesNotMatch(anna.browser.text('#checks'), /still a draft/)
    await anna.browser.press(/Publish now/)
    const visitor = site.visitor()
    await visitor.open(`/fr/statements/${slug}`)
    assert.match(visitor.text('.letter'), /deux choses/)
  })

  test('is stale when the authoritative text has changed, and shows how', async () => {
    const { anna, slug } = await openDraft()
    const { browser } = anna
    await browser.open(pathOf(slug, 'texts/fr'))
    await browser.fill(french).press(/Save as reviewed/)
    await browser.open(pathOf(slug, 'texts/en'))
    await browser.fill({ body: 'We ask for three things.' }).press(/^Save$/)
    await browser.open(pathOf(slug, 'texts'))
    assert.match(browser.text('table'), /Français.*has changed since/)
    await browser.open(pathOf(slug, 'texts/fr'))
    assert.equal(browser.text('.difference del'), 'two')
    assert.equal(browser.text('.difference ins'), 'three')
    await browser.fill({ body: 'Nous demandons trois choses.' }).press(/^Save$/)
    assert.equal(browser.$('.difference').length, 1)
    await browser.tick('up_to_date').press(/Save as reviewed/)
    assert.equal(browser.$('.difference').length, 0)
  })

  test('is not overwritten by who opened it before: their text is kept beside the newer one', async () => {
    const { site, anna, slug } = await openDraft()
    const ben = await signIn(site, 'admin')
    await ben.browser.open(pathOf(slug, 'texts/en'))
    await anna.browser.open(pathOf(slug, 'texts/en'))
    await anna.browser.fill({ body: 'Text of Anna.' }).press(/^Save$/)
    await ben.browser.fill({ body: 'Text of Ben.' }).press(/^Save$/)
    assert.equal(ben.browser.status, 409)
    assert.match(ben.browser.text('#newer'), /Text of Anna/)
    assert.match(String(ben.browser.$('textarea[name=body]').val()), /Text of Ben/)
    await assertValidHtml(ben.browser.html, 'collision')
    await ben.browser.press(/^Save$/)
    assert.equal(ben.browser.status, 200)
  })

  test('keeps a text with a fault, says in which line it is, and stays closed to others', async () => {
    const { site, anna, slug } = await openDraft()
    await anna.browser.open(pathOf(slug, 'texts/en'))
    const body = 'One.\n\n![A picture](https://x.example/a.png)'
    await anna.browser.fill({ title: '', body }).press(/^Save$/)
    assert.equal(anna.browser.status, 422)
    assert.match(anna.browser.text('.faults'), /line 3/)
    assert.match(String(anna.browser.$('textarea[name=body]').val()), /A picture/)
    const tom = await signIn(site, 'translator')
    await joinAs(site, slug, tom.id, 'translator')
    assert.equal((await tom.browser.open(pathOf(slug, 'texts/en'))).status, 403)
    assert.equal((await tom.browser.open(pathOf(slug, 'settings'))).status, 403)
    assert.equal((await tom.browser.open(pathOf(slug, 'texts/none'))).status, 404)
  })
})

describe('a long text', () => {
  test('in Cyrillic, which takes most room in a form, is taken', async () => {
    const { anna, slug } = await openDraft()
    await anna.browser.open(pathOf(slug, 'texts/ru'))
    const body = 'Мы просим. '.repeat(8000).trim()
    await anna.browser.fill({ title: 'Откройте двери', body }).press(/^Save$/)
    assert.equal(anna.browser.status, 200)
    assert.match(anna.browser.text('main'), /16,000 words/)
  })
})

describe('a text that somebody stands behind', () => {
  test('changes by small corrections only, and everybody can see them', async () => {
    const site = await openSite()
    const slug = await site.publish()
    await signAndConfirm(site, slug, harbour)
    const { browser, code } = await signIn(site, 'admin')
    const visitor = site.visitor()
    await browser.open(pathOf(slug, 'texts/en'))
    const body = String(browser.$('textarea[name=body]').val()).trim()
    await browser.fill({ body: `${body}\n\nOne more sentence.` }).press(/Save as reviewed/)
    await visitor.open(`/statements/${slug}`)
    assert.doesNotMatch(visitor.text('.letter'), /One more sentence/)
    assert.match(browser.text('main'), /it is frozen/)
    await browser.press(/Publish this text/)
    assert.match(browser.text('.faults'), /Tick that it is a small correction/)
    await browser.tick('is_small').press(/Publish this text/)
    assert.match(browser.text('.faults'), /Say what was corrected/)
    browser.tick('is_small').fill({ reason: 'A sentence was lost' })
    await browser.press(/Publish this text/)
    assert.equal(browser.status, 200)
    assert.ok(code)
    await visitor.open(`/statements/${slug}`)
    assert.match(visitor.text('.letter'), /One more sentence/)
    await visitor.follow(/What has changed/)
    assert.match(visitor.text('main'), /A sentence was lost/)
    await assertValidHtml(visitor.html, 'corrections')
    assert.equal(visitor.text('.difference ins'), 'One more sentence.')
    const versions = await site.ctx.db
      .selectFrom('text_versions')
      .select(['number', 'id'])
      .where('language', '=', 'en')
      .orderBy('number')
      .execute()
    const signed = await site.ctx.db
      .selectFrom('endorsements')
      .select('text_version_id')
      .executeTakeFirstOrThrow()
    assert.deepEqual([versions.length, versions[0]?.id], [2, signed.text_version_id])
  })
})
