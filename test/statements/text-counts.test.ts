import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { signIn } from '../support/desk.ts'
import { assertValidHtml } from '../support/html.ts'
import { insertMany } from '../support/many.ts'
import { publishNewText } from '../support/new-text.ts'
import { someOrganisation, somebody } from '../support/people.ts'
import { signAndConfirm } from '../support/signing.ts'
import { openSite } from '../support/site.ts'

describe('who stands behind which text', async () => {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish()
  const other = await site.publish('community-monitoring-submission')
  const visitor = site.visitor()
  const own = await signAndConfirm(site, slug, someOrganisation())
  await signAndConfirm(site, slug, somebody())
  await insertMany(site.ctx, other, 20)

  test('is not told while there is but one text', async () => {
    await visitor.open(`/statements/${slug}`)
    assert.equal(visitor.$('[data-refresh=texts]').length, 0)
    await visitor.open(`/statements/${slug}/changes`)
    assert.equal(visitor.$('#behind-heading').length, 0)
  })

  test('is told in numbers, and changes when somebody stands behind the new one', async () => {
    await publishNewText(site, slug, 'We ask for money.')
    await visitor.open(`/statements/${slug}`)
    assert.equal(visitor.text('[data-refresh=texts]'), '2 of them for an earlier text')
    await visitor.follow(/for an earlier text/)
    assert.match(visitor.text('.facts'), /Text version 2 0 Text version 1 2/)
    await visitor.open(own)
    assert.match(visitor.text('main'), /The text of the statement has changed since/)
    await assertValidHtml(visitor.html, 'private page')
    await visitor.press(/I stand behind the new text/)
    assert.equal(visitor.$('#new-text-heading').length, 0)
    assert.match(visitor.text('.facts'), /Text version you endorsed 2/)
    await visitor.open(`/statements/${slug}`)
    assert.equal(visitor.text('[data-refresh=texts]'), '1 of them for an earlier text')
    await visitor.follow(/for an earlier text/)
    assert.match(visitor.text('.facts'), /Text version 2 1 Text version 1 1/)
  })

  test('is told at the desk by language', async () => {
    const { browser } = await signIn(site, 'admin')
    await browser.open(`/desk/statements/${slug}`)
    const table = browser.text('section[aria-labelledby=texts-heading]')
    assert.match(table, /English, Text version 2 1 0 English, Text version 1 \(earlier text\) 0 1/)
    await assertValidHtml(browser.html, 'overview')
  })

  test('is not told in small numbers where somebody who is not named could be worked out', async () => {
    const line = async () =>
      (await visitor.open(`/statements/${other}`)).text('[data-refresh=texts]')
    await publishNewText(site, other, 'We ask for money.')
    assert.equal(await line(), '20 of them for an earlier text')
    await signAndConfirm(site, other, someOrganisation({ visibility: 'withheld' }))
    assert.equal(await line(), 'Some of them for an earlier text')
    await visitor.open(`/statements/${other}/changes`)
    assert.match(visitor.text('main'), /not shown while one of them is under 5/)
    for (let n = 0; n < 4; n += 1) await signAndConfirm(site, other, someOrganisation())
    assert.equal(await line(), '20 of them for an earlier text')
  })
})
