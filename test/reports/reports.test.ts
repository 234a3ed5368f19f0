// Somebody who has no account says that an entry is wrong, coordinators decide, and the link tells
// what became of it: never who did what.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { prune } from '../../src/privacy/retention.ts'
import { reportEntry } from '../../src/reports/report-entry.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { joinAs, signIn } from '../support/desk.ts'
import { signUp, signUpAndConfirm } from '../support/crowd.ts'
import { leyla, somebody, someOrganisation } from '../support/people.ts'
import { counts, listed, post } from '../support/signing.ts'
import { openSite } from '../support/site.ts'

type Answers = Record<string, string>

const slug = 'naloxone-within-reach'
const site = await openSite({ withoutSmtp: true })
await site.publish(slug)
const anna = await signIn(site, 'coordinator')
await joinAs(site, slug, anna.id, 'coordinator')

/** @returns its private link, and its number on the list */
async function enter(answers: Answers) {
  const own = await signUpAndConfirm(site, slug, answers)
  return { own: `/endorsement/${own}`, number: await numberOf(answers['name']) }
}

async function numberOf(name: unknown): Promise<number> {
  return Number((await listed(site, slug)).find((each) => each['name'] === name)?.['number'] ?? 0)
}

const formOf = (number: number | string) => `/statements/${slug}/signatories/${number}/report`

/** @returns the link to the outcome */
async function report(number: number, fields: Answers = {}): Promise<string> {
  const response = await post(site, formOf(number), { reason: 'no-consent', ...fields })
  assert.equal(response.status, 303)
  return response.headers.get('location') ?? ''
}

async function outcomeAt(link: string): Promise<string> {
  return (await site.visitor().open(link)).text('main')
}

/** @returns what the page showed of the entry */
async function decide(
  name: string,
  fields: Answers,
  meanwhile?: () => Promise<void>,
): Promise<string> {
  const { browser } = anna
  await browser.open(`/desk/statements/${slug}/review`)
  const entry = browser.$('.review-entries > li').filter((_, each) => {
    return browser.$(each).text().includes(name)
  })
  const shown = entry.text()
  browser.tick(entry.find('.review-name input').attr('name') ?? '')
  await meanwhile?.()
  const { decision = '', ...others } = fields
  site.clock.advance({ seconds: 1 })
  await browser
    .choose('decision', decision)
    .fill(others)
    .press(/^Decide$/)
  assert.equal(browser.status, 200)
  return shown
}

async function undo(): Promise<void> {
  await anna.browser.open(`/desk/statements/${slug}/review`)
  const last = anna.browser.$('button[name=review]').first().attr('value')
  await anna.browser.press(`review=${last}`)
  assert.equal(anna.browser.status, 200)
}

async function waiting(): Promise<string> {
  await anna.browser.open(`/desk/statements/${slug}`)
  return anna.browser.text('main')
}

describe('a report of an entry', () => {
  test('is made from the list by number, without an account, and waits for a coordinator', async () => {
    const organisation = someOrganisation({ name: 'Sunrise Front' })
    const { number } = await enter(organisation)
    const visitor = await site.visitor().open(`/statements/${slug}/signatories`)
    await visitor.follow('Report an entry')
    await visitor.fill({ number: '9,999' }).press('Continue')
    assert.equal(visitor.status, 422)
    assert.match(visitor.text('.faults'), /No entry on the list has this number/)
    await visitor.fill({ number: `No. ${number}` }).press('Continue')
    assert.match(visitor.text('main'), /Sunrise Front/)
    await visitor.fill({ words: 'Their office knows nothing of it' }).press('Send the report')
    assert.equal(visitor.status, 422)
    assert.match(visitor.text('.faults'), /Choose what is wrong/)
    assert.equal(visitor.$('textarea').text().trim(), 'Their office knows nothing of it')
    await visitor.choose('reason', 'not-this-organisation').press('Send the report')
    assert.match(visitor.text('main'), /waits for a coordinator.*Keep this address/)
    assert.equal(visitor.headers.get('cache-control'), 'no-store')
    assert.match(visitor.headers.get('x-robots-tag') ?? '', /noindex/)
    assert.doesNotMatch(visitor.text('main'), /Sunrise Front|knows nothing/)

    assert.match(await waiting(), /1 endorsement waits for your decision/)
    assert.equal((await counts(site, slug))['organisations'], 1, 'a report alone takes nothing out')
    const fields = { decision: 'approved', answer: 'We called them: they signed.' }
    const shown = await decide('Sunrise Front', fields)
    assert.match(shown, /Reported once[^]*did not sign this[^]*Their office knows nothing of it/)
    const outcome = await outcomeAt(visitor.url)
    assert.match(outcome, /The entry stays on the list.*We called them: they signed/)
    assert.doesNotMatch(outcome, /Person \d|Sunrise Front/, 'nothing about who')
    assert.doesNotMatch(await waiting(), /waits for your decision/)
  })

  test('keeps nothing readable and nothing of whoever made it', async () => {
    const { number } = await enter(someOrganisation({ name: 'Kelp Forest Union' }))
    const link = await report(number, { words: 'I work next door, quokka' })
    const rows = await site.ctx.db.selectFrom('reports').selectAll().execute()
    const stored = JSON.stringify(rows) + site.log.join('\n')
    assert.doesNotMatch(stored, /quokka|127\.0\.0\.1/)
    assert.ok(!stored.includes(link.split('/').at(-1) ?? ''))
    const answer = 'Thank you, axolotl.'
    await decide('Kelp Forest Union', { decision: 'rejected', reason: 'not-found', answer })
    const [row] = await site.ctx.db.selectFrom('reports').select('answer_sealed').execute()
    assert.doesNotMatch(JSON.stringify(row), /axolotl/)
    assert.match(await outcomeAt(link), /no longer on the list.*axolotl/)
  })

  test('meets the same page for every number that is not on the list', async () => {
    const hidden = await signUpAndConfirm(site, slug, leyla)
    const secret = await signUpAndConfirm(site, slug, somebody({ visibility: 'confidential' }))
    const left = await enter(somebody())
    await post(site, left.own, { decision: 'withdraw' })
    assert.ok(hidden && secret)
    const { last_number: last } = await site.ctx.db
      .selectFrom('statements')
      .select('last_number')
      .executeTakeFirstOrThrow()
    const answers = [left.number, last, last + 7, 0, 'x', '1e1', '٣'].map(async (number) => {
      const path = formOf(number)
      const looked = await fetch(site.address + encodeURI(path))
      const sent = await post(site, path, { reason: 'no-consent' })
      const pages = [await looked.text(), await sent.text()]
      return [
        looked.status,
        sent.status,
        ...pages.map((page) => page.replaceAll(encodeURI(path), '')),
      ]
    })
    const [first, ...others] = await Promise.all(answers)
    assert.deepEqual(first?.slice(0, 2), [404, 404])
    for (const other of others) assert.deepEqual(other, first)
  })

  test('tells that the entry has changed, and when it left, not how', async () => {
    const person = somebody({ name: 'Nia Vale' })
    const { own, number } = await enter(person)
    const link = await report(number)
    const visitor = await site.visitor().open(own)
    await visitor.fill({ affiliation: 'Coast Watch' }).press(/decision=save/)
    assert.match(await outcomeAt(link), /has been changed since you reported it/)
    await (await site.visitor().open(own)).choose('visibility', 'withheld').press(/decision=save/)
    const hidden = await outcomeAt(link)
    await post(site, own, { decision: 'withdraw' })
    assert.match(hidden, /no longer on the list/)
    assert.equal(await outcomeAt(link), hidden)
    assert.doesNotMatch(await waiting(), /waits for your decision/)
  })

  test('that comes while a coordinator decides is not settled unseen', async () => {
    const { number } = await enter(someOrganisation({ name: 'Pearl Divers' }))
    const first = await report(number)
    const late = { link: '' }
    await decide('Pearl Divers', { decision: 'approved' }, async () => {
      late.link = await report(number)
    })
    assert.match(await outcomeAt(first), /stays on the list/)
    assert.match(await outcomeAt(late.link), /waits for a coordinator/)
    await decide('Pearl Divers', { decision: 'approved' })
    assert.match(await outcomeAt(late.link), /stays on the list/)
  })

  test('by a machine meets the same page and wakes nobody', async () => {
    const { number } = await enter(someOrganisation())
    const link = await report(number, { fax_number: '1' })
    assert.match(await outcomeAt(link), /waits for a coordinator/)
    assert.doesNotMatch(await waiting(), /waits for your decision/)
  })

  test('an unknown link says so', async () => {
    const visitor = await site.visitor().open('/ru/reports/guessed')
    assert.equal(visitor.status, 404)
    assert.equal(visitor.headers.get('cache-control'), 'no-store')
  })
})

describe('a name that was removed after a report', () => {
  test('does not come back without a coordinator, from any mailbox or in other letters', async () => {
    const real = someOrganisation({ name: 'Ocean Voices' })
    const { number } = await enter(real)
    const early = await signUp(site, slug, someOrganisation({ name: 'OCEAN VOICES' }))
    const before = Number((await counts(site, slug))['total'])
    const link = await report(number)
    await decide('Ocean Voices', { decision: 'rejected', reason: 'not-authorised' })
    assert.match(await outcomeAt(link), /no longer on the list/)
    const total = async () => Number((await counts(site, slug))['total']) - before
    assert.equal(await total(), -1)

    await post(site, `/confirm/${early.token}`, { decision: 'confirm' })
    const again = someOrganisation({ name: 'Осean Voices' })
    await signUpAndConfirm(site, slug, again)
    assert.equal(await total(), -1)
    const other = await enter(someOrganisation({ name: 'Open Sea' }))
    assert.equal(await total(), 0)
    const page = await site.visitor().open(other.own)
    await page.fill({ name: 'Ocean  voices' }).press(/decision=save/)
    assert.equal(await total(), -1, 'nor by changing the name')

    const shown = await decide(again['name'] ?? '', { decision: 'approved' })
    assert.match(shown, /Name of an entry that was removed after a report/)
    assert.equal(await total(), 0, 'a coordinator lets it in')
  })

  test('comes back when the decision is undone, and the report waits again', async () => {
    const { number } = await enter(someOrganisation({ name: 'Lantern House' }))
    const link = await report(number)
    await decide('Lantern House', { decision: 'rejected', reason: 'not-found' })
    await undo()
    assert.match(await outcomeAt(link), /waits for a coordinator/)
    assert.match(await waiting(), /waits? for your decision/)
    await enter(someOrganisation({ name: 'Lantern House' }))
    const named = (await listed(site, slug)).filter(({ name }) => name === 'Lantern House')
    assert.equal(named.length, 2)
    await decide('Lantern House', { decision: 'approved' })
  })

  test('stays out when its endorser erases it', async () => {
    const { own, number } = await enter(someOrganisation({ name: 'Driftwood Circle' }))
    await report(number)
    await decide('Driftwood Circle', { decision: 'rejected', reason: 'not-genuine' })
    await post(site, own, { decision: 'erase' })
    await enter(someOrganisation({ name: 'Driftwood Circle' }))
    assert.equal(await numberOf('Driftwood Circle'), 0)
  })
})

describe('what was reported', () => {
  const words = { reason: 'other', words: 'About somebody', isTrapped: false } as const

  async function reported(answers: Answers) {
    const statement = await findStatement(site.ctx.db, slug)
    const { own, number } = await enter(answers)
    assert.ok(statement)
    await reportEntry(site.ctx, statement, number, words)
    const row = () =>
      site.ctx.db
        .selectFrom('reports')
        .select(['endorsement_id', 'words_sealed'])
        .where('number', '=', number)
        .executeTakeFirst()
    return { own, number, row }
  }

  test('is forgotten with an entry that is erased or becomes confidential', async () => {
    const erased = await reported(somebody())
    const confidential = await reported(somebody())
    assert.notEqual((await erased.row())?.words_sealed, '')
    await post(site, erased.own, { decision: 'erase' })
    const visitor = await site.visitor().open(confidential.own)
    await visitor.choose('visibility', 'confidential').press(/decision=save/)
    const nothing = { endorsement_id: null, words_sealed: '' }
    assert.deepEqual(await erased.row(), nothing)
    assert.deepEqual(await confidential.row(), nothing)
  })

  test('is deleted 30 days after the decision, and half a year after no decision', async () => {
    const decided = await reported(someOrganisation({ name: 'Tide Table' }))
    const undecided = await reported(someOrganisation({ name: 'Moon Rise' }))
    await decide('Tide Table', { decision: 'approved' })
    site.clock.advance({ days: 29 })
    await prune(site.ctx)
    assert.ok(await decided.row())
    site.clock.advance({ days: 2 })
    await prune(site.ctx)
    assert.equal(await decided.row(), undefined)
    assert.ok(await undecided.row())
    site.clock.advance({ days: 170 })
    await prune(site.ctx)
    assert.equal(await undecided.row(), undefined)
    const names = await site.ctx.db.selectFrom('removed_names').selectAll().execute()
    assert.deepEqual(names, [], 'nor the names, half a year after closing')
  })
})
