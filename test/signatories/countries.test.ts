// The breakdown by country on the real site (product.md P-11): who is listed exactly, the hidden only
// once, after signing is over, and never so that a few can be found.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { load } from 'cheerio'
import { issueLink } from '../../src/confirmations/links.ts'
import { languages } from '../../src/languages/languages.ts'
import { closeStatement } from '../../src/statements/open-and-close.ts'
import { signUpAndConfirm } from '../support/crowd.ts'
import { someOrganisation, somebody } from '../support/people.ts'
import { type Answers, counts, post } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'
import { Campaign } from './campaign.ts'

interface Entry {
  country: string
  organisations: number
  individuals: number
  withheld_organisations: number | null
  withheld_individuals: number | null
}

interface Breakdown {
  counts: Record<string, number>
  as_of: string
  countries: Entry[]
  withheld_not_told: { organisations: number; individuals: number }
  withheld_as_of: string | null
}

async function breakdown(site: TestSite, slug: string): Promise<Breakdown> {
  const response = await fetch(`${site.address}/statements/${slug}/countries.json`)
  assert.equal(response.status, 200)
  return (await response.json()) as Breakdown
}

const inCountry = ({ countries }: Breakdown, country: string) =>
  countries.find((entry) => entry.country === country)

async function openOpenSite(discreet = false) {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish('naloxone-within-reach', { discreet })
  return { site, slug }
}

/** @returns the paths of their private pages */
async function sign(site: TestSite, slug: string, howMany: number, answers: Answers) {
  const own = []
  for (let n = 0; n < howMany; n += 1) {
    const person = somebody(answers)
    own.push({ person, path: `/endorsement/${await signUpAndConfirm(site, slug, person)}` })
  }
  return own
}

async function whenOver(site: TestSite, slug: string): Promise<void> {
  await closeStatement(site.ctx, slug)
  site.clock.advance({ hours: 24 })
  await site.tidy()
}

const hidden = (country: string) => ({ country, visibility: 'withheld' })

/** Seven hidden from Kenya, six from Ukraine, two from Egypt; three listed from France. */
async function campaign(discreet = false) {
  const { site, slug } = await openOpenSite(discreet)
  const kenya = await sign(site, slug, 7, hidden('KE'))
  await sign(site, slug, 6, hidden('UA'))
  await sign(site, slug, 2, hidden('EG'))
  await sign(site, slug, 3, { country: 'FR' })
  return { site, slug, kenya }
}

function assertAddsUp(all: Breakdown): void {
  const sum = (of: (entry: Entry) => number) => all.countries.reduce((n, e) => n + of(e), 0)
  const { withheld_not_told: untold } = all
  assert.ok(untold.organisations >= 0 && untold.individuals >= 0)
  assert.equal(
    sum((e) => e.organisations + (e.withheld_organisations ?? 0)) + untold.organisations,
    all.counts['organisations'],
  )
  assert.equal(
    sum((e) => e.individuals + (e.withheld_individuals ?? 0)) + untold.individuals,
    all.counts['individuals'],
  )
}

describe('the breakdown by country', () => {
  test('counts who is listed exactly, with regional and the like, and adds up', async () => {
    const { site, slug } = await openOpenSite()
    await sign(site, slug, 3, { country: 'FR' })
    await sign(site, slug, 2, { country: 'undisclosed' })
    await signUpAndConfirm(site, slug, someOrganisation({ country: 'FR' }))
    await signUpAndConfirm(site, slug, someOrganisation({ country: 'regional' }))
    await sign(site, slug, 2, hidden('EG'))
    const all = await breakdown(site, slug)
    const rows = all.countries.map((e) => [e.country, e.organisations, e.individuals])
    assert.deepEqual(rows, [
      ['FR', 1, 3],
      ['undisclosed', 0, 2],
      ['regional', 1, 0],
    ])
    assert.deepEqual(all.withheld_not_told, { organisations: 0, individuals: 2 })
    assert.partialDeepStrictEqual(await counts(site, slug), { ...all.counts, as_of: all.as_of })
    assertAddsUp(all)
  })

  test('tells nothing of the hidden while anybody can still sign or confirm', async () => {
    const { site, slug } = await campaign()
    const told = async () => {
      await site.tidy()
      const all = await breakdown(site, slug)
      assertAddsUp(all)
      return all.countries.some((entry) => entry.withheld_individuals !== null)
    }
    assert.equal(await told(), false)
    await closeStatement(site.ctx, slug)
    site.clock.advance({ hours: 23, minutes: 59 })
    assert.equal(await told(), false)
    site.clock.advance({ minutes: 1 })
    assert.equal(await told(), true)
  })

  test('then tells of large groups, less one more where the rest would be small', async () => {
    const { site, slug } = await campaign()
    await whenOver(site, slug)
    const all = await breakdown(site, slug)
    assert.equal(inCountry(all, 'KE')?.withheld_individuals, 7)
    assert.equal(inCountry(all, 'UA'), undefined)
    assert.equal(inCountry(all, 'EG'), undefined)
    assert.deepEqual(all.withheld_not_told, { organisations: 0, individuals: 8 })
    assert.equal(all.withheld_as_of, site.clock.now().toISOString())
    assertAddsUp(all)
  })

  test('tells nothing of the hidden on a discreet statement', async () => {
    const { site, slug } = await campaign(true)
    await whenOver(site, slug)
    const all = await breakdown(site, slug)
    assert.deepEqual([all.countries.length, all.withheld_as_of], [1, null])
    assert.equal(all.withheld_not_told.individuals, 15)
  })

  test('does not follow those who withdraw or show their names, and never contradicts the totals', async () => {
    const { site, slug, kenya } = await campaign()
    await whenOver(site, slug)
    const [first, second, ...others] = kenya
    assert.ok(first && second)
    await post(site, first.path, { decision: 'withdraw' })
    await post(site, second.path, { ...second.person, visibility: 'listed', decision: 'save' })
    site.clock.advance({ hours: 24 })
    await site.tidy()
    const then = await breakdown(site, slug)
    assert.partialDeepStrictEqual(inCountry(then, 'KE'), {
      individuals: 1,
      withheld_individuals: 7,
    })
    assertAddsUp(then)
    for (const { path } of others) await post(site, path, { decision: 'withdraw' })
    await withdrawHidden(site, slug, 2)
    // six are left: fewer than the seven that were told
    const atLast = await breakdown(site, slug)
    assert.equal(inCountry(atLast, 'KE')?.withheld_individuals, null)
    assertAddsUp(atLast)
  })

  test('does not count again when the statement is opened again', async () => {
    const { site, slug } = await campaign()
    await whenOver(site, slug)
    const before = await breakdown(site, slug)
    await site.publish('naloxone-within-reach', { discreet: false })
    await sign(site, slug, 1, hidden('KE'))
    await whenOver(site, slug)
    const after = await breakdown(site, slug)
    assert.deepEqual(after.countries, before.countries)
    assert.equal(after.withheld_not_told.individuals, 9)
  })

  test('is made once, also by several processes at the same time', async () => {
    const { site, slug } = await campaign()
    await closeStatement(site.ctx, slug)
    site.clock.advance({ hours: 24 })
    await Promise.all([site.tidy(), site.tidy(), site.tidy()])
    const rows = await site.ctx.db.selectFrom('breakdowns').selectAll().execute()
    assert.equal(rows.length, 1)
  })

  test('hides nobody else behind those whose names were public before they were hidden', async () => {
    const { site, slug } = await openOpenSite()
    const listed = await sign(site, slug, 6, { country: 'KE' })
    await sign(site, slug, 1, hidden('KE'))
    for (const { person, path } of listed) {
      await post(site, path, { ...person, visibility: 'withheld', decision: 'save' })
    }
    await whenOver(site, slug)
    const all = await breakdown(site, slug)
    assert.deepEqual(all.countries, [])
    assert.equal(all.withheld_not_told.individuals, 7)
  })

  test('on the page says the same as the data, in every language', async () => {
    const { site, slug } = await campaign()
    await whenOver(site, slug)
    for (const { code } of languages) {
      const $ = load(await page(site, slug, code))
      const numbers = $('table tr').map((_, row) => {
        const cells = $(row).find('td').toArray()
        return cells.map((cell) => $(cell).text().match(/\d+/g)?.join('+')).join(' ')
      })
      assert.deepEqual(numbers.get(), ['', '0 0+7', '0 3', '0 8', '0 18'], code)
    }
  })
})

describe('a small hidden group', () => {
  test('is in no output of a random campaign, and in no difference between two of its days', async () => {
    const { site, slug } = await openOpenSite()
    const chance = new Campaign(site, slug, 11)
    await sign(site, slug, 9, hidden('KE'))
    await sign(site, slug, 5, hidden('UA'))
    await sign(site, slug, 2, hidden('IS'))
    for (const country of ['AR', 'BR', 'CL', 'FR', 'NP']) await sign(site, slug, 1, { country })
    for (let at = 0; at < 30; at += 1) {
      await chance.step()
      if (at % 10 === 0) await assertNotFound(site, slug)
    }
    await whenOver(site, slug)
    await assertNotFound(site, slug)
    const told = toldIn(await breakdown(site, slug))
    assert.ok(told.length > 0, 'something is told')
    await site.publish('naloxone-within-reach', { discreet: false, closesAt: null })
    for (let day = 0; day < 20; day += 1) {
      await chance.step()
      site.clock.advance({ hours: 24 })
      await site.tidy()
      const today = await breakdown(site, slug)
      assertAddsUp(today)
      assert.ok([told.join(), ''].includes(toldIn(today).join()), 'all of it as it was, or nothing')
    }
    await assertNotFound(site, slug)
  })
})

/** What is told of hidden individuals; of organisations there are too few. */
function toldIn({ countries }: Breakdown): string[] {
  assert.ok(countries.every((entry) => entry.withheld_organisations === null))
  const told = countries.filter((entry) => entry.withheld_individuals !== null)
  return told.map((entry) => `${entry.country} ${entry.withheld_individuals}`).toSorted()
}

/** Iceland, where two hidden ones come from, and nobody else. */
async function assertNotFound(site: TestSite, slug: string): Promise<void> {
  const names = /Iceland|Islandia|Islande|Исландия|آيسلندا|"IS"/
  for (const { code } of languages) {
    const at = `${site.address}/${code}/statements/${slug}`
    for (const path of ['', '/countries', '/countries.json', '/signatories', '/signatories.json']) {
      assert.doesNotMatch(await (await fetch(at + path)).text(), names, `${code} ${path}`)
    }
    const [is, mt] = await Promise.all(
      ['IS', 'MT'].map(async (country) => {
        const list = await fetch(`${at}/signatories.json?country=${country}`)
        return list.text()
      }),
    )
    assert.equal(is, mt)
  }
  for (const entry of (await breakdown(site, slug)).countries) {
    for (const n of [entry.withheld_organisations, entry.withheld_individuals]) {
      assert.ok(n === null || n >= 5, JSON.stringify(entry))
    }
  }
}

async function page(site: TestSite, slug: string, language: string): Promise<string> {
  const response = await fetch(`${site.address}/${language}/statements/${slug}/countries`)
  return response.text()
}

/** Some who are still hidden, by a link as their mails have it. */
async function withdrawHidden(site: TestSite, slug: string, howMany: number): Promise<void> {
  const { id } = await site.ctx.db
    .selectFrom('statements')
    .select('id')
    .where('slug', '=', slug)
    .executeTakeFirstOrThrow()
  const rows = await site.ctx.db
    .selectFrom('endorsements')
    .select('id')
    .where('statement_id', '=', id)
    .where('visibility', '=', 'withheld')
    .where('state', '=', 'confirmed')
    .limit(howMany)
    .execute()
  for (const row of rows) {
    const link = { purpose: 'manage', endorsementId: row.id, mailId: site.ctx.random.id() } as const
    const token = await issueLink(site.ctx.db, site.ctx, link)
    await post(site, `/endorsement/${token}`, { decision: 'withdraw' })
  }
}
