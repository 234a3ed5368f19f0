import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { languages } from '../../src/languages/languages.ts'
import { joinAs, signIn } from '../support/desk.ts'
import { assertValidHtml } from '../support/html.ts'
import { harbour, jose, leyla, somebody, someOrganisation } from '../support/people.ts'
import { signAndConfirm, signAndGetLink } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'
import type { Visitor } from '../support/visitor.ts'

async function campaign(site: TestSite): Promise<string> {
  const slug = await site.publish()
  await signAndConfirm(site, slug, harbour)
  site.clock.advance({ hours: 24 })
  await signAndConfirm(site, slug, jose, 'es')
  await signAndConfirm(site, slug, leyla)
  await signAndConfirm(site, slug, somebody({ country: 'LS', visibility: 'confidential' }))
  await signAndConfirm(site, slug, someOrganisation({ name: 'Nеtwоrk оf Mіxed Аlphabets' }))
  await signAndGetLink(site, slug, somebody())
  return slug
}

/** The numbers of a row in the table of one section. */
function tableOf({ $ }: Visitor, heading: string): (name: string) => string[] | undefined {
  const rows = $(`section[aria-labelledby=${heading}] tbody tr`)
    .toArray()
    .map((row) =>
      $(row)
        .find('th, td')
        .toArray()
        .map((cell) => $(cell).text()),
    )
  return (name) => rows.find(([first]) => first === name)?.slice(1)
}

describe('the overview of a statement', () => {
  test('counts by state and type, country, language and mail', async () => {
    const site = await openSite()
    const slug = await campaign(site)
    const { browser, id } = await signIn(site, 'viewer')
    await joinAs(site, slug, id, 'viewer')
    await browser.open(`/desk/statements/${slug}`)
    assert.equal(browser.status, 200)
    const states = tableOf(browser, 'states-heading')
    assert.deepEqual(states('Confirmed, counted'), ['1', '3'])
    assert.deepEqual(states('Not confirmed yet'), ['0', '1'])
    assert.deepEqual(states('Held for review'), ['1', '0'])
    const countries = tableOf(browser, 'countries-heading')
    assert.deepEqual(
      [countries('Kenya'), countries('Argentina')],
      [
        ['1', '0'],
        ['0', '1'],
      ],
    )
    assert.equal(countries('Lesotho'), undefined)
    assert.match(browser.text(), /1 confidential endorsement is counted, but not told/)
    assert.deepEqual(tableOf(browser, 'languages-heading')('Español'), ['0', '1'])
    const mails = tableOf(browser, 'mails-heading')
    assert.deepEqual([mails('Taken by the mail server'), mails('Given up')], [['11'], ['0']])
    assert.deepEqual(tableOf(browser, 'growth-heading')('21 November 2026'), ['+1', '1', '+0', '0'])
    assert.deepEqual(tableOf(browser, 'growth-heading')('22 November 2026'), ['+0', '1', '+3', '3'])
  })

  test('says what waits for a decision, and leads there', async () => {
    const site = await openSite()
    const slug = await campaign(site)
    const { browser, id } = await signIn(site, 'coordinator')
    await joinAs(site, slug, id, 'coordinator')
    await browser.open(`/desk/statements/${slug}`)
    const urgent = browser.text('section[aria-labelledby=urgent-heading]')
    assert.match(urgent, /1 endorsement waits for your decision/)
    const checks = browser.text('section[aria-labelledby=checks-heading]')
    assert.match(checks, /1 endorser has not confirmed yet/)
    assert.match(checks, /Only 1 coordinator can decide/)
    await browser.follow(/^\/desk\/statements\/[\w-]+\/team$/)
    assert.equal(browser.status, 200)
  })

  test('is valid in every language, also while nobody is there', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const { browser } = await signIn(site, 'admin')
    for (const when of ['empty', 'grown']) {
      for (const { code } of languages) {
        await browser.open(`${code === 'en' ? '' : `/${code}`}/desk/statements/${slug}`)
        assert.equal(browser.status, 200, browser.html)
        await assertValidHtml(browser.html, `${code} ${when}`)
        assert.equal(browser.$('[style], style, script:not([src])').length, 0)
      }
      await signAndConfirm(site, slug, someOrganisation())
    }
  })
})
