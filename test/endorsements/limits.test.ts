// Limits: of mails to one address, of forms from one network; machines (product.md M-5, S-6, S-8).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rowsByTable } from '../support/dump.ts'
import { harbour, jose, somebody } from '../support/people.ts'
import { counts, linkIn, listed, post, sign, signAndConfirm } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'
import { until } from '../support/until.ts'

const address = jose['email'] ?? ''

test('an address gets a mail every ten minutes at most, and five in all', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const mailsAfter = async () => {
    await sign(site, slug, jose)
    await post(site, `/statements/${slug}/check-your-inbox`, { email: address })
    await site.deliverMail()
    return site.inbox.mails.length
  }
  assert.equal(await mailsAfter(), 1)
  site.clock.advance({ minutes: 10, ms: -1 })
  assert.equal(await mailsAfter(), 1)
  site.clock.advance({ ms: 1 })
  const seen = [await mailsAfter()]
  for (let times = 0; times < 8; times += 1) {
    site.clock.advance({ minutes: 10 })
    seen.push(await mailsAfter())
  }
  assert.deepEqual(seen, [2, 3, 4, 5, 5, 5, 5, 5, 5])
})

test('twenty forms at the same time bring one mail', async () => {
  const site = await openSite()
  const slug = await site.publish()
  await Promise.all(Array.from({ length: 20 }, () => sign(site, slug, jose)))
  const resend = `/statements/${slug}/check-your-inbox`
  await Promise.all(Array.from({ length: 20 }, () => post(site, resend, { email: address })))
  await site.deliverMail()
  assert.equal(site.inbox.mails.length, 1)
  const { endorsements } = await rowsByTable(site)
  assert.equal(endorsements?.length, 1)
})

test('other spellings of a mailbox share its limit', async () => {
  const site = await openSite()
  const slug = await site.publish()
  for (const email of [address, 'JOSENANDU@googlemail.com', 'j.o.s.e.nandu+2@gmail.com']) {
    await sign(site, slug, { ...jose, email })
  }
  await site.deliverMail()
  assert.equal(site.inbox.mails.length, 1)
})

test('the link for another capacity of the same mailbox is deferred, not lost', async () => {
  const site = await openSite()
  const slug = await site.publish()
  await sign(site, slug, jose)
  await sign(site, slug, { ...harbour, email: address })
  await sign(site, slug, { ...harbour, email: address, name: 'Second Organisation' })
  const links = new Set<string>()
  for (let times = 1; times <= 3; times += 1) {
    await site.deliverMail()
    assert.equal(site.inbox.mails.length, times)
    links.add(linkIn(site.inbox.mails.at(-1) as (typeof site.inbox.mails)[number], 'confirm'))
    site.clock.advance({ minutes: 10 })
  }
  for (const link of links) await post(site, link, { decision: 'confirm' })
  assert.equal((await counts(site, slug))['total'], 3)
})

test('a hundred invented organisations at one mailbox bring it five mails', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const names = Array.from({ length: 100 }, (_, index) => `Invented ${index}`)
  await Promise.all(names.map((name) => sign(site, slug, { ...harbour, email: address, name })))
  for (let times = 0; times < 10; times += 1) {
    await site.deliverMail()
    site.clock.advance({ minutes: 10 })
  }
  assert.equal(site.inbox.mails.length, 5)
  assert.deepEqual((await rowsByTable(site))['outbox'], [])
})

test('the private link is mailed once every ten minutes', async () => {
  const site = await openSite()
  const slug = await site.publish()
  await signAndConfirm(site, slug, jose)
  site.inbox.clear()
  const find = () => post(site, '/find-my-endorsement', { email: address })
  await Promise.all([find(), find(), find(), sign(site, slug, jose), sign(site, slug, jose)])
  await site.deliverMail()
  assert.equal(
    site.inbox.mails.length,
    2,
    'one that was asked for, one that tells of signing twice',
  )
})

test('with LIMITS=off every form brings its mail', async () => {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish()
  for (let times = 0; times < 7; times += 1) await sign(site, slug, jose)
  await site.deliverMail()
  assert.equal(site.inbox.mails.length, 7)
})

/** Milliseconds that a form takes from a network, after it has sent very many in this minute. */
async function pauseFor(site: TestSite, network: string): Promise<number> {
  const start = performance.now()
  const headers = { 'x-forwarded-for': network }
  const response = await post(site, '/find-my-endorsement', { email: 'wrong' }, headers)
  assert.equal(response.status, 422, 'it is slowed down, never locked out')
  return performance.now() - start
}

async function sendMany(site: TestSite, network: string): Promise<void> {
  for (let batch = 0; batch < 30; batch += 1) {
    await Promise.all(Array.from({ length: 20 }, () => pauseFor(site, network)))
  }
}

/** Three at once: a busy machine makes some slow, the limit makes all slow. */
async function isQuick(site: TestSite, network: string): Promise<boolean> {
  const times = [0, 1, 2].map(() => pauseFor(site, network))
  return Math.min(...(await Promise.all(times))) < 450
}

test('a network that sends very many forms is slowed down; others, and the next minute, are not', async () => {
  const site = await openSite({ env: { TRUST_PROXY: '1' } })
  await sendMany(site, '198.51.100.7')
  assert.ok(!(await isQuick(site, '198.51.100.9')))
  await until('quick for others', () => isQuick(site, '198.51.101.7'))
  const claimed = '198.51.100.7, 203.0.113.5'
  await until('only the proxy is believed', () => isQuick(site, claimed))
  site.clock.advance({ minutes: 1 })
  await until('quick in the next minute', () => isQuick(site, '198.51.100.7'))
})

test('without a trusted proxy nobody gets around the limit by naming other networks', async () => {
  const site = await openSite()
  await sendMany(site, '198.51.100.7')
  assert.ok(!(await isQuick(site, '203.0.113.5')))
})

test('what fills in the trap meets the same pages, and is not counted', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const other = { ...somebody(), name: jose['name'] ?? '' }
  const trapped = { ...jose, fax_number: '555' }
  const signed = [await sign(site, slug, other), await sign(site, slug, trapped)]
  assert.deepEqual(
    signed.map(({ status, headers }) => [status, headers.get('location')]),
    [0, 1].map(() => [303, `/statements/${slug}/check-your-inbox`]),
  )
  const [usual, machine] = [await confirmAndRead(site, other), await confirmAndRead(site, trapped)]
  assert.deepEqual(machine, usual)
  assert.equal((await counts(site, slug))['total'], 1)
  assert.equal((await listed(site, slug)).length, 1)
  const { endorsements = [] } = await rowsByTable(site)
  assert.deepEqual(endorsements.map((row) => String(row['state'])).toSorted(), [
    'confirmed',
    'suspect',
  ])

  await site.deliverMail()
  site.inbox.clear()
  await post(site, '/find-my-endorsement', { email: address })
  await site.deliverMail()
  const mail = await site.inbox.waitFor(address)
  assert.doesNotMatch(mail.text, /suspect/i)
  assert.equal((await fetch(site.address + linkIn(mail, 'endorsement'))).status, 200)
})

/** The private page, without what is different for everybody. */
async function confirmAndRead(site: TestSite, { email = '' }: Record<string, string>) {
  await site.deliverMail()
  const link = linkIn(await site.inbox.waitFor(email), 'confirm')
  const page = await site.visitor().open(link)
  await page.press('decision=confirm')
  const token = new URL(page.url).pathname.split('/').at(-1) ?? ''
  const body = page.html.replaceAll(token, '…').replaceAll(/number \d+|<dd>\d+<\/dd>/g, '…')
  return { status: page.status, body }
}

test('the trap stays set on the way over the check-your-answers page', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const check = await post(site, `/statements/${slug}/endorse`, { ...jose, fax_number: '555' })
  assert.match(await check.text(), /<input type="hidden" name="fax_number" value="555">/)
})
