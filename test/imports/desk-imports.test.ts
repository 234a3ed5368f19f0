import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { prune } from '../../src/privacy/retention.ts'
import { type DeskPerson, joinAs, keyOf, postAs, signIn } from '../support/desk.ts'
import { closeStatement } from '../../src/statements/open-and-close.ts'
import { fixture } from '../support/fixtures.ts'
import { assertValidHtml } from '../support/html.ts'
import { counts, linkIn, listed, post } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

const heading = 'Organisation\tCountry\tEmail\tPublish the name?\n'
const table = `${heading}Sunrise Union\tKenya\tinfo@sunrise.example\tyes\nDawn Centre\tAtlantis\tinfo@dawn.example\tno\nNoon Circle\tTürkiye\tinfo@noon.example\tno\n`

async function open() {
  const site = await openSite()
  const slug = await site.publish()
  const person = await signIn(site, 'coordinator')
  await joinAs(site, slug, person.id, 'coordinator')
  return { site, slug, person, list: `/desk/statements/${slug}/imports` }
}

/** Sends a file as a browser does; returns where it leads. */
async function upload(
  site: TestSite,
  person: DeskPerson,
  path: string,
  parts: Record<string, string | Blob>,
) {
  const form = new FormData()
  form.append('form_key', await keyOf(person))
  for (const [name, part] of Object.entries(parts)) form.append(name, part)
  return fetch(site.address + path, {
    method: 'POST',
    body: form,
    headers: { cookie: person.browser.cookie },
    redirect: 'manual',
  })
}

const pathIn = (response: Response) => response.headers.get('location') ?? ''

async function pasted(site: TestSite, person: DeskPerson, list: string, text = table) {
  const kept = await upload(site, person, list, { table: text })
  assert.equal(kept.status, 303)
  return pathIn(kept)
}

const states = (site: TestSite) =>
  site.ctx.db.selectFrom('endorsements').select(['state', 'visibility', 'country']).execute()

describe('a table that is pasted', () => {
  test('is shown as it would be brought in, and then each gets a mail', async () => {
    const { site, person, list, slug } = await open()
    const draft = await pasted(site, person, list)
    const { browser } = person
    await browser.open(draft)
    await assertValidHtml(browser.html, 'imports')
    assert.match(browser.text(), /3 rows: 2 new, 0 similar, 0 duplicate, 1 invalid/)
    assert.match(browser.text(), /“Atlantis” is not recognised as a country/)
    assert.deepEqual(await states(site), [])
    await browser.press('Bring them in')
    assert.equal(browser.status, 200)
    await assertValidHtml(browser.html, 'imports')
    assert.match(browser.text(), /2 new/)
    assert.deepEqual((await states(site)).map((row) => Object.values(row).join(' ')).sort(), [
      'pending listed KE',
      'pending withheld TR',
    ])
    await site.deliverMail()
    const link = linkIn(await site.inbox.waitFor('info@sunrise.example'), 'confirm')
    assert.equal((await post(site, link, { decision: 'confirm' })).status, 303)
    assert.equal((await counts(site, slug))['total'], 1)
  })

  test('is corrected by choosing columns', async () => {
    const { site, person, list } = await open()
    const text = 'Group,Where from,Reach us at\nSunrise Union,Kenya,info@sunrise.example\n'
    const draft = await pasted(site, person, list, text)
    const { browser } = person
    await browser.open(draft)
    assert.match(browser.text(), /No column is recognised as the name/)
    await browser
      .fill({ column_0: 'name', column_1: 'country', column_2: 'email' })
      .press('Use these columns')
    assert.match(browser.text(), /1 row: 1 new/)
  })

  test('brings what looks alike into the review', async () => {
    const { site, person, list, slug } = await open()
    const text = `${heading}Sunrise Union\tKE\tinfo@sunrise.example\tyes\nSunrise Unoin\tKE\tme@sunrise.example\tyes\n`
    const { browser } = person
    await browser.open(await pasted(site, person, list, text))
    await browser.fill({ how: 'confirmed', evidence: 'Their letter' }).press('Bring them in')
    await browser.follow(/Decide on those that wait/)
    assert.match(browser.url, new RegExp(`${slug}/review$`))
    assert.match(browser.text('.signals'), /Looks like one that was there before it/)
    await assertValidHtml(browser.html, 'review')
  })

  test('belongs to who pasted it, and is forgotten after a day', async () => {
    const { site, person, list, slug } = await open()
    const draft = await pasted(site, person, list)
    const other = await signIn(site, 'coordinator')
    await joinAs(site, slug, other.id, 'coordinator')
    await other.browser.open(draft)
    assert.equal(other.browser.status, 404)
    const stored = await site.ctx.db.selectFrom('import_drafts').selectAll().execute()
    assert.ok(!JSON.stringify(stored).includes('unrise'))
    site.clock.advance({ hours: 25 })
    await prune(site.ctx)
    assert.deepEqual(await site.ctx.db.selectFrom('import_drafts').selectAll().execute(), [])
  })
})

describe('a file', () => {
  test('of a form tool shows its rows with why', async () => {
    const { site, person, list } = await open()
    const file = new Blob([readFileSync(fixture('form-responses.csv'))])
    const kept = await upload(site, person, list, { file })
    await person.browser.open(pathIn(kept))
    assert.match(
      person.browser.text(),
      /330 rows: 280 new, 14 similar, 12 duplicate, 15 invalid, 9 blank/,
    )
    await assertValidHtml(person.browser.html, 'the dry run')
  })

  test('that is no sheet is refused with what to do', async () => {
    const { site, person, list } = await open()
    const file = new Blob([Buffer.from('Name\nJosé\n', 'latin1')])
    const refused = await upload(site, person, list, { file })
    assert.equal(refused.status, 422)
    assert.match(await refused.text(), /Save it again as “CSV UTF-8”/)
    const empty = await upload(site, person, list, { file: new Blob([]), table: '' })
    assert.equal(empty.status, 422)
  })

  test('is not taken from other sites, nor at other addresses', async () => {
    const { site, person, list } = await open()
    const form = new FormData()
    form.append('table', table)
    const { cookie } = person.browser
    const send = (path: string) =>
      fetch(site.address + path, { method: 'POST', body: form, headers: { cookie } })
    assert.equal((await send(list)).status, 403)
    assert.equal((await send('/desk/account')).status, 415)
    assert.deepEqual(await site.ctx.db.selectFrom('import_drafts').selectAll().execute(), [])
  })

  test('of 26 megabytes is refused, whoever sends it', async () => {
    const { site, person, list } = await open()
    const file = new Blob([Buffer.alloc(26_000_000, 'a')])
    const refused = await upload(site, person, list, { file })
    assert.equal(refused.status, 422)
    assert.match(await refused.text(), /too large/)
  })
})

describe('a batch', () => {
  test('confirmed by a coordinator needs evidence and a fresh second factor, and counts', async () => {
    const { site, slug, person, list } = await open()
    const draft = await pasted(site, person, list)
    site.clock.advance({ minutes: 20 })
    const how = { how: 'confirmed', evidence: 'Letters in the office' }
    const asked = await postAs(site, person, `${draft}/bring`, how)
    assert.equal(asked.status, 403)
    assert.deepEqual(await states(site), [])
    const second_factor = person.code()
    const nothing = { how: 'confirmed', evidence: ' ', second_factor }
    const refused = await postAs(site, person, `${draft}/bring`, nothing)
    assert.equal(refused.status, 422)
    assert.equal((await postAs(site, person, `${draft}/bring`, how)).status, 303)
    assert.equal((await counts(site, slug))['total'], 2)
    assert.deepEqual(
      (await listed(site, slug)).map(({ name, verification }) => [name, verification]),
      [['Sunrise Union', 'coordinator']],
    )
    await person.browser.open(list)
    assert.match(person.browser.text(), /Letters in the office/)
  })

  test('that comes after closing waits as late for a coordinator', async () => {
    const site = await openSite()
    const slug = await site.publish()
    await closeStatement(site.ctx, slug)
    site.clock.advance({ hours: 25 })
    const person = await signIn(site, 'admin')
    const { browser } = person
    await browser.open(await pasted(site, person, `/desk/statements/${slug}/imports`))
    assert.match(browser.text(), /Signing has closed/)
    assert.equal(browser.$('[name=how]').length, 1)
    await browser.fill({ evidence: 'A letter that was on its way' }).press('Bring them in')
    assert.equal((await counts(site, slug))['total'], 0)
    await browser.open(`/desk/statements/${slug}/review?show=late`)
    const waiting = browser.text('.review-entries')
    for (const name of [/Sunrise Union/, /Noon Circle/]) assert.match(waiting, name)
  })

  test('is taken back, but for what its owner has confirmed', async () => {
    const { site, slug, person, list } = await open()
    const { browser } = person
    await browser.open(await pasted(site, person, list))
    await browser.press('Bring them in')
    await site.deliverMail()
    const link = linkIn(await site.inbox.waitFor('info@sunrise.example'), 'confirm')
    await post(site, link, { decision: 'confirm' })
    await browser.open(list)
    await browser.press('Take back')
    assert.match(browser.text(), /1 removed, 1 kept/)
    assert.deepEqual(
      (await states(site)).map(({ state }) => state),
      ['confirmed'],
    )
    assert.equal((await counts(site, slug))['total'], 1)
  })

  test('that counted at once is taken back with its counts and names', async () => {
    const { site, slug, person, list } = await open()
    const { browser } = person
    await browser.open(await pasted(site, person, list))
    await browser.choose('how', 'confirmed').fill({ evidence: 'Letters' }).press('Bring them in')
    assert.equal((await counts(site, slug))['total'], 2)
    await browser.press('Take back')
    assert.match(browser.text(), /2 removed, 0 kept/)
    assert.equal((await counts(site, slug))['total'], 0)
    assert.deepEqual(await listed(site, slug), [])
    assert.deepEqual(await states(site), [])
    // and it can be brought in again
    await browser.open(await pasted(site, person, list))
    assert.match(browser.text(), /2 new/)
  })

  test('brings nobody who said that it was not them', async () => {
    const { site, person, list } = await open()
    const { browser } = person
    await browser.open(await pasted(site, person, list))
    await browser.press('Bring them in')
    await site.deliverMail()
    const link = linkIn(await site.inbox.waitFor('info@sunrise.example'), 'confirm')
    await post(site, link, { decision: 'not-me' })
    await browser.open(await pasted(site, person, list))
    await browser.choose('how', 'confirmed').fill({ evidence: 'Letters' }).press('Bring them in')
    assert.match(browser.text(), /3 rows: 0 new, 0 similar, 1 duplicate, 2 invalid/)
    assert.deepEqual(
      (await states(site)).map(({ country }) => country),
      ['TR'],
    )
  })

  test('is brought in once, in two windows at the same time', async () => {
    const { site, person, list } = await open()
    const draft = await pasted(site, person, list)
    const form_key = await keyOf(person)
    const press = () =>
      fetch(`${site.address}${draft}/bring`, {
        method: 'POST',
        body: new URLSearchParams({ form_key, how: 'mail' }),
        headers: { cookie: person.browser.cookie },
        redirect: 'manual',
      })
    const answers = await Promise.all([press(), press()])
    for (const { status } of answers) assert.ok([303, 404].includes(status))
    assert.equal((await site.ctx.db.selectFrom('imports').selectAll().execute()).length, 1)
    assert.equal((await states(site)).length, 2)
  })
})

test('one sign-on by hand, without an address, is confirmed with evidence only', async () => {
  const { site, slug, person, list } = await open()
  const { browser } = person
  await browser.open(list)
  await assertValidHtml(browser.html, 'imports')
  await browser
    .fill({ name: 'Paper Signers’ Guild', country: 'Kenia', visibility: 'listed' })
    .press('Check this sign-on')
  assert.match(browser.text(), /e-mail address is missing/)
  await browser.choose('how', 'confirmed').fill({ evidence: 'A letter' }).press('Bring them in')
  assert.deepEqual(
    (await listed(site, slug)).map(({ name, country }) => [name, country]),
    [['Paper Signers’ Guild', 'KE']],
  )
})
