// A flood of forms (product.md M-5, S-6, S-8): mails stay bounded, everybody else is served, the
// operator is told once, and honest people who share the attacker's address still get their mail.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPostgres } from '../support/databases.ts'
import { rowsByTable } from '../support/dump.ts'
import { flood } from '../support/flood.ts'
import { jose, someOrganisation, somebody } from '../support/people.ts'
import { counts, linkIn, post, sign } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

type Answers = Record<string, string>

// every step is the same on both databases; PostgreSQL only takes longer over as many
const typed = isPostgres ? 120 : 1_000
const robots = isPostgres ? 1_200 : 10_000
const atOnce = 300
// forms that go before a reader: few with PostgreSQL, where reading waits for no writer
const mostPassed = isPostgres ? atOnce / 3 : atOnce

const openProxiedSite = () => openSite({ env: { TRUST_PROXY: '1' } })

async function signFrom(site: TestSite, slug: string, ip: string, answers: Answers): Promise<void> {
  const form = { ...answers, checked: 'yes' }
  const path = `/statements/${slug}/endorse`
  const response = await post(site, path, form, { 'x-forwarded-for': ip })
  await response.arrayBuffer()
  assert.equal(response.status, 303)
  assert.equal(response.headers.get('location'), `/statements/${slug}/check-your-inbox`)
}

async function read(site: TestSite, path: string): Promise<void> {
  const ask = () => fetch(site.address + path, { headers: { 'x-forwarded-for': '192.0.2.80' } })
  // as browsers do when a connection that was kept has been closed meanwhile
  const response = await ask().catch(ask)
  assert.equal(response.status, 200, await response.text())
}

interface Forms {
  times: number
  form: (index: number) => { ip: string; answers: Answers }
}

/** Floods while others read, who must not have to wait until all forms that are there are answered. */
async function floodWhileRead(site: TestSite, slug: string, forms: Forms): Promise<void> {
  const { times } = forms
  const pages = ['', '/count.json', '/signatories'].map((page) => `/statements/${slug}${page}`)
  const reading: Promise<number>[] = []
  let sent = 0
  /** @returns how many forms were sent meanwhile, each after another one was answered */
  const readNext = async () => {
    const before = sent
    await read(site, pages[reading.length % 3] ?? '')
    return sent - before
  }
  const statuses = await flood(site.address, {
    times,
    atOnce,
    form: (index) => {
      sent = index
      if (index % 100 === 0) reading.push(readNext())
      const { ip, answers } = forms.form(index)
      return { path: `/statements/${slug}/endorse`, ip, fields: { ...answers, checked: 'yes' } }
    },
  })
  assert.deepEqual(statuses, { 303: times }, 'the same answer for everyone')
  const passed = (await Promise.all(reading)).toSorted((a, b) => a - b)
  const median = passed[Math.floor(passed.length / 2)] ?? Infinity
  assert.ok(median < mostPassed, `${median} forms went before half of ${passed.length} pages`)
}

const alarmsIn = ({ log }: TestSite) =>
  log.filter((line) => line.includes('"level":50') && line.includes('alarm'))

/** Signs, gets the mail within so many minutes, confirms. */
async function arrives(site: TestSite, slug: string, ip: string, answers: Answers, minutes = 0) {
  await signFrom(site, slug, ip, answers)
  for (let minute = 0; minute <= minutes; minute += 1) {
    if (minute > 0) site.clock.advance({ minutes: 1 })
    await site.deliverMail()
    if (site.inbox.matching(answers['email'] ?? '').length > 0) break
  }
  const mail = await site.inbox.waitFor(answers['email'] ?? '')
  const before = (await counts(site, slug))['total']
  const confirmed = await post(site, linkIn(mail, 'confirm'), { decision: 'confirm' })
  assert.equal(confirmed.status, 303)
  assert.equal((await counts(site, slug))['total'], Number(before) + 1, 'counted, not suspect')
}

test(`9 addresses that are typed ${typed} times each get 9 mails, and nobody else waits`, async () => {
  const site = await openProxiedSite()
  const slug = await site.publish()
  const victims = Array.from({ length: 9 }, () => somebody())
  await floodWhileRead(site, slug, {
    times: 9 * typed,
    form: (index) => ({ ip: `203.0.${index % 200}.7`, answers: victims[index % 9] ?? {} }),
  })
  assert.equal((await rowsByTable(site))['outbox']?.length, 9, 'one mail waits for each')
  await site.deliverMail()
  assert.equal(site.inbox.mails.length, 9)
  assert.equal(alarmsIn(site).length, 1)

  await arrives(site, slug, '203.0.0.7', { ...jose, email: 'honest@elsewhere.example' })
  await site.deliverMail()
  site.inbox.clear()
  for (let times = 0; times < 12; times += 1) {
    site.clock.advance({ minutes: 10 })
    for (const victim of victims) await sign(site, slug, victim)
    await site.deliverMail()
  }
  assert.equal(site.inbox.mails.length, 9 * 4, 'five for each in all')
})

test(`${robots} forms from one network bring few mails at a time, one alarm, and lock nobody out`, async () => {
  const site = await openProxiedSite()
  const slug = await site.publish()
  await floodWhileRead(site, slug, {
    times: robots,
    form: (index) => ({
      ip: `198.51.100.${index % 250}`,
      answers: somebody({ email: `robot-${index}@flood.example` }),
    }),
  })
  await site.deliverMail()
  assert.ok(site.inbox.mails.length <= 60, `${site.inbox.mails.length} mails at once`)
  assert.equal(alarmsIn(site).length, 1)
  assert.deepEqual(
    (await rowsByTable(site))['alarms']?.map(({ name, subject }) => [name, subject]),
    [['flood', slug]],
  )

  await arrives(site, slug, '198.51.100.7', somebody({ email: 'honest@gmail.com' }), 400)
  await arrives(site, slug, '198.51.100.7', someOrganisation(), 400)
  await arrives(site, slug, '192.0.2.9', somebody())
})
