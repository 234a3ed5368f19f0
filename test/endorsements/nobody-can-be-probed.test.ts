// Nobody learns from an answer whether an address is known here (product.md P-10).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { harbour, jose, somebody } from '../support/people.ts'
import { type Answers, post, sign, signAndConfirm, signAndGetLink } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'
import { assertAlike } from '../support/timing.ts'

/** The same person for whoever reads the form, at mailboxes with a history of their own. */
const as = (email: string): Answers => ({ ...jose, email })
const standing = {
  pending: as('waiting@members.example'),
  confirmed: as('known@members.example'),
  held: as('in-review@members.example'),
  withdrawn: as('gone@members.example'),
  denied: as('not-me@members.example'),
  overLimit: as('full@members.example'),
}

async function openSiteWithHistory(): Promise<{ site: TestSite; slug: string }> {
  const site = await openSite()
  const slug = await site.publish()
  for (let times = 0; times < 6; times += 1) {
    await sign(site, slug, standing.overLimit)
    await site.deliverMail()
    site.clock.advance({ minutes: 11 })
  }
  await signAndGetLink(site, slug, standing.pending)
  await signAndConfirm(site, slug, standing.confirmed)
  await signAndConfirm(site, slug, { ...standing.held, name: 'Xi Jinping' })
  const own = await signAndConfirm(site, slug, standing.withdrawn)
  await post(site, own, { decision: 'withdraw' })
  const denied = await signAndGetLink(site, slug, standing.denied)
  await post(site, denied, { decision: 'not-me' })
  await site.deliverMail()
  site.clock.advance({ minutes: 11 })
  site.inbox.clear()
  return { site, slug }
}

/** All that reaches the visitor, but for the time of day. */
async function seen(response: Response) {
  const headers = [...response.headers].filter(([name]) => name !== 'date')
  return { status: response.status, headers, body: await response.text() }
}

async function signAndFollow(site: TestSite, slug: string, answers: Answers) {
  const response = await sign(site, slug, answers)
  const location = response.headers.get('location') ?? ''
  const followed = await fetch(new URL(location, site.address))
  return [await seen(response), await seen(followed)]
}

test('whoever signs gets the same answer and the same page', async () => {
  const { site, slug } = await openSiteWithHistory()
  const stranger = await signAndFollow(site, slug, as('stranger@members.example'))
  assert.deepEqual(
    stranger.map(({ status }) => status),
    [303, 200],
  )
  for (const [name, answers] of Object.entries(standing)) {
    assert.deepEqual(await signAndFollow(site, slug, answers), stranger, name)
  }
})

test('the check-your-answers page differs in what was typed only', async () => {
  const { site, slug } = await openSiteWithHistory()
  const check = async (answers: Answers) => {
    const response = await post(site, `/statements/${slug}/endorse`, answers)
    const page = await seen(response)
    const headers = page.headers.filter(([name]) => name !== 'etag' && name !== 'content-length')
    return { ...page, headers, body: page.body.replaceAll(answers['email'] ?? '', '…') }
  }
  const stranger = await check(as('stranger@members.example'))
  assert.equal(stranger.status, 200)
  for (const answers of Object.values(standing)) {
    assert.deepEqual(await check(answers), stranger)
  }
})

test('asking again for the mail, and for the private link, is answered alike for everyone', async () => {
  const { site, slug } = await openSiteWithHistory()
  for (const path of [`/statements/${slug}/check-your-inbox`, '/find-my-endorsement']) {
    const ask = async (email: string) => seen(await post(site, path, { email }))
    const stranger = await ask('stranger@members.example')
    for (const { email = '' } of Object.values(standing)) {
      assert.deepEqual(await ask(email), stranger, path)
    }
  }
})

test('the truth goes by mail: each gets what is true of them, or nothing', async () => {
  const { site, slug } = await openSiteWithHistory()
  await Promise.all(Object.values(standing).map((answers) => sign(site, slug, answers)))
  await site.deliverMail()
  const links = site.inbox.mails.map(({ recipients, text }) => [
    recipients.join(),
    /\/(confirm|endorsement)\//.exec(text)?.[1],
  ])
  assert.deepEqual(Object.fromEntries(links), {
    'waiting@members.example': 'confirm',
    'known@members.example': 'endorsement',
    'in-review@members.example': 'endorsement',
    'gone@members.example': 'confirm',
  })
  assert.equal(links.length, 4)
})

/** A whole day of a network's forms, not one minute of them. */
const pause = (site: TestSite) => () => site.clock.advance({ seconds: 10 })

test('signing takes the same time, whatever is known of the address', async () => {
  const { site, slug } = await openSiteWithHistory()
  const stranger = () => sign(site, slug, { ...jose, email: somebody()['email'] ?? '' })
  const known = Object.entries(standing)
    .filter(([name]) => name !== 'withdrawn')
    .map(([name, answers]) => [name, () => sign(site, slug, answers)] as const)
  await assertAlike(
    { stranger, otherStranger: stranger, ...Object.fromEntries(known) },
    { eachRound: pause(site) },
  )
})

test('asking for the private link takes the same time for everyone', async () => {
  const { site } = await openSiteWithHistory()
  const ask = (email: string) => () => post(site, '/find-my-endorsement', { email })
  const known = Object.entries(standing).map(
    ([name, { email = '' }]) => [name, ask(email)] as const,
  )
  await assertAlike(
    {
      stranger: ask('stranger@members.example'),
      otherStranger: ask('other@members.example'),
      ...Object.fromEntries(known),
    },
    { eachRound: pause(site) },
  )
})

test('a fault of the form is told alike, before anybody is looked up', async () => {
  const { site, slug } = await openSiteWithHistory()
  const wrong = async (email: string) => {
    const response = await sign(site, slug, { ...harbour, email, contact_name: '' })
    const body = (await response.text()).replaceAll(email, '…')
    return { status: response.status, body }
  }
  const stranger = await wrong('stranger@members.example')
  assert.equal(stranger.status, 422)
  for (const { email = '' } of Object.values(standing)) {
    assert.deepEqual(await wrong(email), stranger)
  }
})
