// Every place that shows a number shows the same one (product.md R1); for a whole campaign see
// test/documents/every-number-agrees.test.ts.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { describe, test } from 'node:test'
import { languages } from '../../src/languages/languages.ts'
import { signUp, signUpAndConfirm } from '../support/crowd.ts'
import { jose, leyla, someOrganisation, somebody } from '../support/people.ts'
import { counts, post } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'
import { numbersInFile, numbersOfList, numbersOfPage } from './shown-numbers.ts'

async function assertSameEverywhere(site: TestSite, slug: string, step: string): Promise<void> {
  const json = await counts(site, slug)
  const { organisations, individuals, countries, withheld, as_of } = json
  for (const { code } of languages) {
    assert.deepEqual(
      await numbersOfPage(site, slug, code),
      { organisations, individuals, countries, as_of },
      `the statement in ${code} after: ${step}`,
    )
    assert.deepEqual(
      await numbersOfList(site, slug, code),
      { organisations, individuals, countries, withheld, as_of },
      `the list in ${code} after: ${step}`,
    )
  }
  const file = await numbersInFile(site, slug)
  assert.deepEqual(file.json, json, `the JSON file after: ${step}`)
  const { csv } = file
  assert.equal(csv.organisations + csv.individuals + Number(withheld), json['total'], step)
  assert.equal(csv.organisations + csv.individuals, file.entries, step)
}

describe('the numbers', () => {
  test('count organisations and individuals apart, and countries once', async () => {
    const site = await openSite()
    const slug = await site.publish()
    await signUpAndConfirm(site, slug, someOrganisation({ country: 'KE' }))
    await signUpAndConfirm(site, slug, someOrganisation({ country: 'regional' }))
    await signUpAndConfirm(site, slug, someOrganisation({ country: 'international' }))
    await signUpAndConfirm(site, slug, somebody({ country: 'KE' }))
    await signUpAndConfirm(site, slug, somebody({ country: 'AR', visibility: 'withheld' }))
    await signUpAndConfirm(site, slug, leyla)
    await signUp(site, slug, jose)
    const { as_of: asOf, ...numbers } = await counts(site, slug)
    assert.deepEqual(numbers, {
      organisations: 3,
      individuals: 3,
      total: 6,
      countries: 2,
      withheld: 2,
      status: 'open',
      closes_at: '2026-12-04T12:00:00.000Z',
    })
    assert.equal(asOf, site.clock.now().toISOString())
    await assertSameEverywhere(site, slug, 'a mixed campaign')
  })

  test('do not count an entry that waits for a coordinator', async () => {
    const site = await openSite()
    const slug = await site.publish()
    await signUpAndConfirm(site, slug, someOrganisation({ name: 'Пeer Support Network' }))
    assert.equal((await counts(site, slug))['total'], 0)
    await assertSameEverywhere(site, slug, 'a name with mixed scripts')
  })

  test('stay after the statement has closed', async () => {
    const site = await openSite()
    const slug = await site.publish()
    await signUpAndConfirm(site, slug, jose)
    site.clock.set('2026-12-04T12:00:00.000Z')
    const json = await counts(site, slug)
    assert.deepEqual([json['total'], json['status']], [1, 'closed'])
    await assertSameEverywhere(site, slug, 'closing')
  })
})

/** Asks as browsers do; `fetch` would add `no-cache` to a conditional request. */
async function ask(url: string, headers: Record<string, string>): Promise<IncomingMessage> {
  const [response] = (await once(get(url, { headers }), 'response')) as [IncomingMessage]
  return response.resume()
}

describe('count.json', () => {
  test('is not sent again to who has it, until a number changes', async () => {
    const site = await openSite()
    const slug = await site.publish()
    const url = `${site.address}/statements/${slug}/count.json`
    const first = await fetch(url)
    const tag = first.headers.get('etag')
    assert.ok(tag)
    assert.match(first.headers.get('content-type') ?? '', /^application\/json/)
    const known = { 'if-none-match': tag }
    assert.equal((await ask(url, known)).statusCode, 304)
    site.clock.advance({ hours: 1 })
    const { token } = await signUp(site, slug, jose)
    assert.equal((await ask(url, known)).statusCode, 304)
    await post(site, `/confirm/${token}`, { decision: 'confirm' })
    const changed = await ask(url, known)
    assert.equal(changed.statusCode, 200)
    assert.notEqual(changed.headers.etag, tag)
  })

  test('is the same under every language prefix', async () => {
    const site = await openSite()
    const slug = await site.publish()
    await signUpAndConfirm(site, slug, jose)
    for (const { code } of languages) {
      const response = await fetch(`${site.address}/${code}/statements/${slug}/count.json`)
      assert.deepEqual(await response.json(), await counts(site, slug))
    }
  })
})
