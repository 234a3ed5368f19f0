import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { joinAs, signIn } from '../support/desk.ts'
import { assertValidHtml } from '../support/html.ts'
import { someOrganisation } from '../support/people.ts'
import { counts, listed, post, signAndConfirm } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

const full = 'International Network of People who Use Drugs'

async function withPair() {
  const site = await openSite()
  const slug = await site.publish()
  const website = 'https://network.example'
  const email = 'office@network.example'
  await signAndConfirm(site, slug, someOrganisation({ name: 'INPUD', email: 'inpud@gmail.com' }))
  await signAndConfirm(site, slug, someOrganisation({ name: full, email, website }))
  await signAndConfirm(site, slug, someOrganisation({ name: 'Harm Reduction Lagos' }))
  return { site, slug }
}

async function openDuplicates(site: TestSite, slug: string) {
  const { id, browser } = await signIn(site, 'coordinator')
  await joinAs(site, slug, id, 'coordinator')
  return browser.open(`/desk/statements/${slug}/duplicates`)
}

describe('duplicates', () => {
  test('are shown as pairs with why; merging keeps one, the stronger check, and both consents', async () => {
    const { site, slug } = await withPair()
    const browser = await openDuplicates(site, slug)
    assert.equal(browser.$('#pairs > li').length, 1)
    assert.match(browser.text('#pairs'), /Why: acronym/)
    await assertValidHtml(browser.html, 'duplicates')
    await browser.press(/keep “INPUD”/)
    assert.match(browser.text(), /No two entries look alike/)
    assert.equal((await counts(site, slug))['organisations'], 2)
    const inpud = (await listed(site, slug)).find(({ name }) => name === 'INPUD')
    assert.equal(inpud?.['verification'], 'domain')
    const consents = await site.ctx.db.selectFrom('consents').select('endorsement_id').execute()
    assert.equal(consents.length, 3)
    await browser.open(`/desk/statements/${slug}/review?show=rejected`)
    assert.match(browser.text('.review-entries'), /Merged/)
  })

  test('that were merged are taken apart again as they were, unless one has changed since', async () => {
    const { site, slug } = await withPair()
    const browser = await openDuplicates(site, slug)
    const before = await listed(site, slug)
    await browser.press(/keep “INPUD”/)
    await browser.press('Undo')
    assert.equal(browser.status, 200)
    assert.deepEqual(await listed(site, slug), before)
    await assertValidHtml(browser.html, 'duplicates')

    await browser.press(/keep “INPUD”/)
    const other = await openDuplicates(site, slug)
    await browser.open(`/desk/statements/${slug}/review?show=rejected`)
    browser.tick(String(browser.$('.review-name input').attr('name')))
    await browser.choose('decision', 'approved').press('Decide')
    await other.press('Undo')
    assert.equal(other.status, 409)
    assert.match(other.text('.faults'), /can no longer be undone/)
    assert.equal((await counts(site, slug))['organisations'], 3)
  })

  test('“not the same” is remembered, until it is undone', async () => {
    const { site, slug } = await withPair()
    const browser = await openDuplicates(site, slug)
    await browser.press('Not the same')
    assert.match(browser.text(), /No two entries look alike/)
    assert.equal((await counts(site, slug))['organisations'], 3)
    await browser.press('Undo')
    assert.equal(browser.$('#pairs > li').length, 1)
  })

  test('of two who merge the same pair one wins, and the other is told', async () => {
    const { site, slug } = await withPair()
    const [anna, ben] = [await openDuplicates(site, slug), await openDuplicates(site, slug)]
    await Promise.all([anna.press(/keep “INPUD”/), ben.press(/keep “International/)])
    assert.deepEqual(
      [anna.status, ben.status].sort((a, b) => a - b),
      [200, 409],
    )
    const loser = anna.status === 409 ? anna : ben
    assert.match(loser.text('.faults'), /Somebody else has decided/)
    assert.equal((await counts(site, slug))['organisations'], 2)
  })

  test('are looked for anew when somebody signs or withdraws', async () => {
    const { site, slug } = await withPair()
    const browser = await openDuplicates(site, slug)
    const look = async () => {
      await browser.open(`/desk/statements/${slug}/duplicates`)
      return browser.$('#pairs > li').length
    }
    const again = someOrganisation({ name: `The ${full}`, email: 'second@network.example' })
    const link = await signAndConfirm(site, slug, again)
    assert.equal(await look(), 3)
    await post(site, link, { decision: 'withdraw' })
    assert.equal(await look(), 1)
    assert.ok(!browser.text('#pairs').includes(`The ${full}`))
  })
})
