import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type DeskPerson, signIn } from '../support/desk.ts'
import { assertValidHtml } from '../support/html.ts'
import { harbour } from '../support/people.ts'
import { signAndConfirm } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

const pathOf = (slug: string, page: string) => `/desk/statements/${slug}/${page}`

/** Writes a text with one more paragraph and marks it as reviewed. */
async function review({ browser }: DeskPerson, slug: string, language: string, more: string) {
  await browser.open(pathOf(slug, `texts/${language}`))
  const body = String(browser.$('textarea[name=body]').val()).trim()
  await browser.fill({ body: `${body}\n\n${more}` }).press(/Save as reviewed/)
  assert.equal(browser.status, 200)
}

async function openEndorsed(): Promise<{ site: TestSite; slug: string; anna: DeskPerson }> {
  const site = await openSite()
  const slug = await site.publish()
  await signAndConfirm(site, slug, harbour)
  return { site, slug, anna: await signIn(site, 'admin') }
}

const endorsements = async ({ ctx }: TestSite) =>
  (await ctx.db.selectFrom('endorsements').select('id').execute()).length

describe('a frozen text that is to say something else', async () => {
  const { site, slug, anna } = await openEndorsed()
  const { browser } = anna
  const visitor = site.visitor()

  test('becomes a new text, with the translations that are ready, and everybody can see what changed', async () => {
    await review(anna, slug, 'en', 'We also ask for money.')
    await browser.open(pathOf(slug, 'texts/fr'))
    await browser.tick('up_to_date').press(/Save as reviewed/)
    await review(anna, slug, 'fr', 'Nous demandons aussi de l’argent.')
    await browser.open(pathOf(slug, 'texts/en'))
    assert.match(browser.text('main'), /Published together with it: Français/)
    assert.match(browser.text('main'), /go on seeing the earlier text there: .*Русский/)
    await assertValidHtml(browser.html, 'the choice')
    await browser.press(/Publish as a new text/)
    assert.equal(browser.status, 422)
    assert.match(browser.text('.faults'), /Say what has changed/)
    await browser.fill({ what_changed: 'x'.repeat(301) }).press(/Publish as a new text/)
    assert.match(browser.text('.faults'), /What has changed.* 300/)
    await browser.fill({ what_changed: 'We ask for money, too' }).press(/Publish as a new text/)
    assert.equal(browser.status, 200)
    await visitor.open(`/fr/statements/${slug}`)
    assert.match(visitor.text('.letter'), /aussi de l’argent/)
    await visitor.open(`/ru/statements/${slug}`)
    assert.doesNotMatch(visitor.text('.letter'), /money|argent/)
    assert.match(visitor.text('.statement-head'), /Это перевод прежнего текста/)
    await visitor.open(`/statements/${slug}`)
    assert.match(visitor.text('.letter'), /also ask for money/)
    await visitor.follow(/What has changed/)
    assert.match(visitor.text('main'), /New text · .*: We ask for money, too/)
    assert.match(visitor.text('main'), /Français, Text version 2 New text/)
    await assertValidHtml(visitor.html, 'what has changed')
  })

  test('is followed by a translation without being asked why', async () => {
    await browser.open(pathOf(slug, 'texts/ru'))
    assert.match(browser.text('main'), /authoritative text has changed since/)
    browser.tick('up_to_date').fill({ title: 'Налоксон рядом с каждым' })
    await browser.press(/Save as reviewed/)
    assert.match(browser.text('main'), /This translation follows it/)
    await browser.press(/Publish this text/)
    assert.equal(browser.status, 200)
    await visitor.open(`/statements/${slug}/changes`)
    assert.match(visitor.text('main'), /Русский, Text version 2 New text/)
    await visitor.open(`/ru/statements/${slug}`)
    assert.equal(visitor.$('.statement-head .notice').length, 0)
  })

  test('may be followed in the same words, where they were right all along', async () => {
    await browser.open(pathOf(slug, 'texts/es'))
    await browser.tick('up_to_date').press(/Save as reviewed/)
    await browser.press(/Publish this text/)
    assert.equal(browser.status, 200)
    await visitor.open(`/es/statements/${slug}`)
    assert.match(visitor.text('.facts'), /Versión 2 del texto|versión.* 2/i)
  })

  test('stays as it is for a correction of a translation that says the same', async () => {
    await review(anna, slug, 'fr', 'Merci.')
    assert.equal(browser.$('[name=what_changed]').length, 0)
    await browser
      .tick('is_small')
      .fill({ reason: 'Un mot manquait' })
      .press(/Publish this text/)
    await visitor.open(`/statements/${slug}/changes`)
    assert.match(visitor.text('main'), /Français, Text version 3 Correction · .*: Un mot manquait/)
  })
})

const statuses = (...people: DeskPerson[]) => new Set(people.map(({ browser }) => browser.status))

describe('two coordinators with one text', () => {
  test('who publish it as a new text at the same moment make one new text', async () => {
    const { site, slug, anna } = await openEndorsed()
    const ben = await signIn(site, 'admin')
    await review(anna, slug, 'en', 'We also ask for money.')
    for (const { browser } of [anna, ben]) {
      await browser.open(pathOf(slug, 'texts/en'))
      browser.fill({ what_changed: 'We ask for money, too' })
    }
    await Promise.all([anna, ben].map(({ browser }) => browser.press(/Publish as a new text/)))
    assert.deepEqual(statuses(anna, ben), new Set([200, 422]))
    const told = anna.browser.status === 422 ? anna.browser : ben.browser
    assert.match(told.text('.faults'), /Something has changed/)
    assert.match(told.text('main'), /What you had typed: We ask for money, too/)
    await assertValidHtml(told.html, 'second to publish')
    const visitor = site.visitor()
    await visitor.open(`/statements/${slug}/changes`)
    assert.equal(visitor.$('.change').length, 1)
  })

  test('who save it at the same moment do not overwrite each other', async () => {
    const { site, slug, anna } = await openEndorsed()
    const ben = await signIn(site, 'admin')
    for (const [{ browser }, name] of [
      [anna, 'Anna'],
      [ben, 'Ben'],
    ] as const) {
      await browser.open(pathOf(slug, 'texts/en'))
      browser.fill({ body: `Text of ${name}.` })
    }
    await Promise.all([anna, ben].map(({ browser }) => browser.press(/^Save$/)))
    assert.deepEqual(statuses(anna, ben), new Set([200, 409]))
    const [told, other] = anna.browser.status === 409 ? ['Anna', 'Ben'] : ['Ben', 'Anna']
    const { browser } = told === 'Anna' ? anna : ben
    assert.match(browser.text('#newer'), new RegExp(`Text of ${other}`))
    assert.match(String(browser.$('textarea[name=body]').val()), new RegExp(`Text of ${told}`))
  })

  test('of whom one writes on while the other publishes: nothing unseen becomes public', async () => {
    const { site, slug, anna } = await openEndorsed()
    const ben = await signIn(site, 'admin')
    await review(anna, slug, 'en', 'One sentence.')
    await ben.browser.open(pathOf(slug, 'texts/en'))
    await review(anna, slug, 'en', 'Another sentence.')
    const { browser } = ben
    await browser
      .tick('is_small')
      .fill({ reason: 'A sentence' })
      .press(/Publish this text/)
    assert.equal(browser.status, 422)
    assert.match(browser.text('.faults'), /Something has changed/)
    assert.equal(browser.$('[name=reason]').val(), 'A sentence')
    const visitor = site.visitor()
    await visitor.open(`/statements/${slug}`)
    assert.doesNotMatch(visitor.text('.letter'), /sentence\./)
    await browser.tick('is_small').press(/Publish this text/)
    await visitor.open(`/statements/${slug}`)
    assert.match(visitor.text('.letter'), /One sentence\. Another sentence\./)
  })
})

test('a text that changes while the form is open is not endorsed unseen: the form says so first', async () => {
  const { site, slug, anna } = await openEndorsed()
  const { browser } = anna
  const late = site.visitor()
  await late.open(`/statements/${slug}/endorse?as=individual`)
  late.fill({ name: 'Late Reader', country: 'KE', email: 'late@reader.example' })
  await late.tick('consent').press(/Check your answers/)
  assert.match(late.text('h1'), /Check your answers/)
  await review(anna, slug, 'en', 'And we ask for more time.')
  await browser.open(pathOf(slug, 'texts/en'))
  await browser.fill({ what_changed: 'More time, too' }).press(/Publish as a new text/)
  const before = await endorsements(site)
  await late.press()
  assert.equal(late.status, 409)
  assert.match(late.text('main'), /The text has changed while you filled in the form/)
  assert.match(late.text('main'), /Late Reader/)
  await assertValidHtml(late.html, 'the text has changed')
  assert.equal(await endorsements(site), before)
  await late.press(/Change/)
  assert.equal(String(late.$('[name=email]').val()), 'late@reader.example')
  await late.press(/Check your answers/)
  assert.equal(late.status, 200)
  await late.press()
  assert.match(late.url, /check-your-inbox/)
  assert.equal(await endorsements(site), before + 1)
})
