import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { signIn } from '../support/desk.ts'
import { assertValidHtml } from '../support/html.ts'
import { openSite } from '../support/site.ts'
import type { Visitor } from '../support/visitor.ts'

const urgent = {
  title: 'Halt tomorrow’s executions',
  body: 'Three people are to be killed **tomorrow**.\n\nStop it.',
  convenor: 'Harbour Harm Reduction Alliance',
  addressee: 'The President',
  closes_date: '2026-11-22',
  closes_time: '12:00',
  closes_zone: 'Asia/Singapore',
}

const typed = (browser: Visitor, name: string) => String(browser.$(`[name=${name}]`).first().val())

/** What a person's browser asks for: pages and forms, and apart from them the redirects that follow. */
function countRequests() {
  const counted = { pages: 0, redirects: 0 }
  const count = async (act: Promise<Visitor>) => {
    counted.pages += 1
    counted.redirects += (await act).redirects.length
  }
  return { counted, count }
}

const five = [1, 2, 3, 4, 5]
  .map((n) => `Network ${n}, office@network-${n}.example, fr, KE`)
  .join('\n')

/** A coordinator who works here already and is signed out now. */
async function openDesk() {
  const site = await openSite()
  const person = await signIn(site, 'coordinator')
  await person.browser.open('/desk')
  await person.browser.press(/Sign out/)
  site.inbox.clear()
  return { site, ...person }
}

type Open = Awaited<ReturnType<typeof openDesk>>
type Count = ReturnType<typeof countRequests>['count']

async function comeIn({ site, browser, email, code }: Open, count: Count) {
  await count(browser.open('/desk/sign-in'))
  await count(browser.fill({ email }).press())
  await site.deliverMail()
  const mail = await site.inbox.waitFor(email)
  const link = new URL(/https?:\S+sign-in\/[\w-]+/.exec(mail.text)?.[0] ?? '')
  await count(browser.open(link.pathname))
  await count(browser.press())
  await count(browser.fill({ second_factor: code() }).press(/Continue/))
  await count(browser.follow(/New statement/))
}

async function assertPublicAndInvited({ site, browser }: Open) {
  assert.match(browser.text('main'), /The statement is public/)
  assert.match(browser.text('.answers'), /No answer 5/)
  const visitor = site.visitor()
  await visitor.open('/statements/halt-tomorrows-executions')
  assert.equal(visitor.status, 200)
  assert.match(visitor.text('main'), /Three people are to be killed/)
  assert.match(visitor.text('main'), /Sunday 22 November 2026 at 12:00/)
  await site.deliverMail()
  for (const n of [1, 2, 3, 4, 5]) {
    const mail = await site.inbox.waitFor(`office@network-${n}.example`)
    assert.match(mail.subject, /\S/)
  }
}

describe('an execution tomorrow', () => {
  test('takes 8 requests from sign-in to a public statement with five invited organisations', async (t) => {
    const desk = await openDesk()
    const { counted, count } = countRequests()
    await comeIn(desk, count)
    await count(desk.browser.fill({ ...urgent, rows: five }).press(/Create/))
    assert.match(desk.browser.text('#checks'), /5 organisations are invited/)
    // the worker has looked already, and would look again in ten minutes
    await desk.site.deliverMail()
    await count(desk.browser.press(/Publish now/))
    t.diagnostic(`${counted.pages} pages and forms, and ${counted.redirects} redirects`)
    await assertPublicAndInvited(desk)
    assert.deepEqual(counted, { pages: 8, redirects: 5 })
  })

  test('takes 9 when they are invited afterwards', async (t) => {
    const desk = await openDesk()
    const { counted, count } = countRequests()
    await comeIn(desk, count)
    await count(desk.browser.fill(urgent).press(/Create/))
    assert.match(desk.browser.text('#checks'), /Nobody is invited yet/)
    await count(desk.browser.press(/Publish now/))
    assert.match(desk.browser.text('main'), /The statement is public/)
    await count(desk.browser.fill({ rows: five }).press(/Invite all of them/))
    t.diagnostic(`${counted.pages} pages and forms, and ${counted.redirects} redirects`)
    assert.match(desk.browser.text('main'), /Invited: 5/)
    assert.equal(counted.pages, 9)
  })

  test('every fault keeps what was typed, and nothing is begun', async () => {
    const site = await openSite()
    const { browser } = await signIn(site, 'coordinator')
    await browser.open('/desk/statements/new')
    const rows = 'Network, no address\nAnother without one'
    const wrong = { ...urgent, title: '', body: '<b>Stop</b>', closes_zone: 'CET', rows }
    await browser.fill(wrong).press(/Create/)
    assert.equal(browser.status, 422)
    const faults = browser.$('.faults a').toArray()
    const fields = faults.map((each) => browser.$(each).attr('href'))
    assert.deepEqual(new Set(fields), new Set(['#body', '#closes_date', '#title', '#rows']))
    assert.ok(fields.every((field) => browser.$(field ?? '').length === 1))
    for (const [name, value] of Object.entries(wrong)) assert.equal(typed(browser, name), value)
    await assertValidHtml(browser.html, 'new')
    await browser.open('/desk')
    assert.match(browser.text('main'), /no statement yet/)
  })

  test('sending the form twice begins one statement; the same title again another', async () => {
    const site = await openSite()
    const { browser } = await signIn(site, 'coordinator')
    const begin = async () => {
      await browser.open('/desk/statements/new')
      return browser.fill(urgent)
    }
    const id = typed(await begin(), 'id')
    await browser.press(/Create/)
    const first = browser.url
    await begin()
    browser.$('[name=id]').attr('value', id)
    await browser.press(/Create/)
    assert.equal(browser.url, first)
    await begin()
    await browser.press(/Create/)
    assert.match(browser.url, /halt-tomorrows-executions-2\/publish$/)
  })

  test('translators and viewers begin none', async () => {
    const site = await openSite()
    for (const role of ['translator', 'viewer'] as const) {
      const { browser } = await signIn(site, role)
      await browser.open('/desk/statements/new')
      assert.equal(browser.status, 403)
    }
  })
})

describe('publishing', () => {
  test('waits for the moment that was chosen', async () => {
    const site = await openSite()
    const { browser } = await signIn(site, 'admin')
    await browser.open('/desk/statements/new')
    await browser.fill({ ...urgent, closes_date: '2026-12-24' }).press(/Create/)
    const later = { opens_date: '2026-11-22', opens_time: '08:00', opens_zone: 'UTC' }
    await browser.fill(later).press(/Publish then/)
    assert.equal(browser.status, 200)
    assert.match(browser.text('main'), /Opens Sunday 22 November 2026/)
    const visitor = site.visitor()
    const path = '/statements/halt-tomorrows-executions'
    assert.equal((await visitor.open(path)).status, 404)
    site.clock.advance({ hours: 21 })
    assert.equal((await visitor.open(path)).status, 200)
  })

  test('is refused after the deadline, and tells what has changed meanwhile', async () => {
    const site = await openSite()
    const person = await signIn(site, 'admin')
    const { browser } = person
    await browser.open('/desk/statements/new')
    await browser.fill(urgent).press(/Create/)
    const other = site.browser()
    const stale = browser.$('[name=made_from]').first().val()
    await browser.open('/desk/statements/halt-tomorrows-executions/texts/en')
    await browser.fill({ body: 'Another text.' }).press(/Save$/)
    assert.equal(browser.status, 200)
    await browser.open('/desk/statements/halt-tomorrows-executions/publish')
    browser.$('[name=made_from]').attr('value', String(stale))
    await browser.press(/Publish now/)
    assert.equal(browser.status, 422)
    assert.match(browser.text('.faults'), /changed since you opened/)
    await other.open('/statements/halt-tomorrows-executions')
    assert.equal(other.status, 404)
    site.clock.advance({ hours: 20 })
    const again = await signIn(site, 'admin')
    await again.browser.open('/desk/statements/halt-tomorrows-executions/publish')
    assert.match(again.browser.text('#checks'), /Needed: The deadline is over/)
    assert.equal(again.browser.$('[value=now]').length, 0)
  })
})
