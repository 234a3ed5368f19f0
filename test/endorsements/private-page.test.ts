// The endorser's private page: see, correct, hide or show, withdraw, take along, erase (product.md §4).
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { translator } from '../../src/languages/languages.ts'
import { dumpOf, rowsByTable } from '../support/dump.ts'
import { harbour, jose, leyla, somebody } from '../support/people.ts'
import {
  type Answers,
  counts,
  linkIn,
  listed,
  post,
  sign,
  signAndConfirm,
  signAndGetLink,
} from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

const t = translator('en')
const address = jose['email'] ?? ''

async function save(site: TestSite, own: string, answers: Answers): Promise<Response> {
  return post(site, own, { ...answers, decision: 'save' })
}

async function numbers(site: TestSite, slug: string): Promise<unknown[]> {
  const count = await counts(site, slug)
  return ['organisations', 'individuals', 'total', 'countries', 'withheld'].map((key) => count[key])
}

test('the page shows the entry, its state and its number, and the form with what was given', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const visitor = await site.visitor().open(await signAndConfirm(site, slug, harbour))
  assert.equal(visitor.status, 200)
  assert.match(visitor.text('.entry'), /Harbour Harm Reduction Alliance \(HHRA\)/)
  assert.match(visitor.text('.facts'), new RegExp(t('state.confirmed')))
  for (const field of ['name', 'acronym', 'contact_name', 'contact_role'] as const) {
    assert.equal(visitor.$(`#${field}`).attr('value'), harbour[field])
  }
  assert.equal(visitor.$('select#country option[selected]').attr('value'), 'KE')
  assert.equal(visitor.$('#email').length, 0, 'whose mailbox it is does not change')
  assert.deepEqual(visitor.cookies, [])
})

test('name and details are corrected, and the list follows', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const visitor = await site.visitor().open(await signAndConfirm(site, slug, harbour))
  await visitor
    .fill({ name: 'Harbour Alliance', acronym: 'HA', country: 'TZ', contact_name: 'New Person' })
    .tick('updates')
    .press('decision=save')
  assert.equal(visitor.redirects[0]?.status, 303)
  assert.match(visitor.text('[role=status]'), new RegExp(t('mine.saved')))
  const [entry] = await listed(site, slug)
  assert.deepEqual(
    ['number', 'name', 'acronym', 'country', 'verification'].map((key) => entry?.[key]),
    [1, 'Harbour Alliance', 'HA', 'TZ', 'domain'],
  )
  assert.deepEqual(await numbers(site, slug), [1, 0, 1, 1, 0])
  assert.equal((await listed(site, slug, '?q=reduction')).length, 0, 'the old name is not found')
})

test('a fault in a correction keeps what was typed and changes nothing', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const own = await signAndConfirm(site, slug, jose)
  const settled = await dumpOf(site)
  const visitor = await site.visitor().open(own)
  await visitor.fill({ name: 'www.spam.example' }).press('decision=save')
  assert.equal(visitor.status, 422)
  assert.match(visitor.title, /^Error: /)
  assert.equal(visitor.$('#name').attr('value'), 'www.spam.example')
  assert.equal(await dumpOf(site), settled)
})

test('a name can be hidden and shown again, and count and list follow both ways', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const own = await signAndConfirm(site, slug, jose)
  assert.deepEqual(await numbers(site, slug), [0, 1, 1, 1, 0])
  const visitor = await site.visitor().open(own)
  await visitor.choose('visibility', 'withheld').press('decision=save')
  assert.deepEqual(await numbers(site, slug), [0, 1, 1, 1, 1])
  assert.deepEqual(await listed(site, slug), [])
  await visitor.choose('visibility', 'listed').press('decision=save')
  assert.deepEqual(await numbers(site, slug), [0, 1, 1, 1, 0])
  assert.equal((await listed(site, slug))[0]?.['number'], 1)
})

test('a correction that does not say how to appear leaves a withheld name withheld', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const own = await signAndConfirm(site, slug, leyla)
  const { visibility: _, ...silent } = leyla
  assert.equal((await save(site, own, { ...silent, role: 'nurse' })).status, 303)
  assert.deepEqual(await listed(site, slug), [])
  assert.equal((await counts(site, slug))['withheld'], 1)
})

test('a new name that looks doubtful waits for a coordinator, and cannot be talked out of it', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const own = await signAndConfirm(site, slug, jose)
  await save(site, own, { ...jose, name: 'Xi Jinping' })
  assert.deepEqual(await numbers(site, slug), [0, 0, 0, 0, 0])
  assert.deepEqual(await listed(site, slug), [])
  await save(site, own, { ...jose, name: 'José Ñandú' })
  assert.deepEqual(await listed(site, slug), [], 'only a coordinator lets it through')
})

test('an organisation that names another domain as its own is no longer verified by it', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const own = await signAndConfirm(site, slug, harbour)
  assert.equal((await listed(site, slug))[0]?.['verification'], 'domain')
  await save(site, own, { ...harbour, name: 'Famous Charity', website: 'https://famous.example' })
  const [entry] = await listed(site, slug)
  assert.deepEqual([entry?.['name'], entry?.['verification']], ['Famous Charity', 'email'])
})

test('one mailbox cannot take the same name twice by correcting', async () => {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish()
  await signAndConfirm(site, slug, harbour)
  site.inbox.clear()
  const own = await signAndConfirm(site, slug, { ...harbour, name: 'Other Organisation' })
  const refused = await save(site, own, { ...harbour, name: 'HARBOUR harm reduction alliance' })
  assert.equal(refused.status, 422)
  assert.match(await refused.text(), new RegExp(t('fault.name.taken')))
  assert.equal((await listed(site, slug)).length, 2)
})

test('two saves at the same time keep the counts exact, and one of them wins whole', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const own = await signAndConfirm(site, slug, jose)
  const variants = Array.from({ length: 20 }, (_, n) => ({
    ...jose,
    country: n % 2 ? 'FR' : 'KE',
    visibility: n % 3 ? 'listed' : 'withheld',
  }))
  const answers = await Promise.all(variants.map((variant) => save(site, own, variant)))
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [303])
  const names = await listed(site, slug)
  assert.deepEqual(await numbers(site, slug), [0, 1, 1, 1, 1 - names.length])
})

test('many who change places at the same time never wait for each other for ever', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const people = Array.from({ length: 10 }, (_, n) => somebody({ country: n % 2 ? 'FR' : 'KE' }))
  const own: string[] = []
  for (const person of people) own.push(await signAndConfirm(site, slug, person))
  for (let round = 0; round < 6; round += 1) {
    const moves = people.map((person, n) =>
      save(site, own[n] ?? '', { ...person, country: (n + round) % 2 ? 'KE' : 'FR' }),
    )
    const statuses = (await Promise.all(moves)).map(({ status }) => status)
    assert.deepEqual([...new Set(statuses)], [303])
  }
  assert.deepEqual(await numbers(site, slug), [0, 10, 10, 2, 0])
})

test('withdrawing takes one button, is told by mail, and is effective at once', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const visitor = await site.visitor().open(await signAndConfirm(site, slug, jose))
  const own = new URL(visitor.url).pathname
  site.inbox.clear()
  await visitor.press('decision=withdraw')
  assert.match(visitor.text('h1'), new RegExp(t('withdrawn.heading')))
  assert.deepEqual(await numbers(site, slug), [0, 0, 0, 0, 0])
  assert.deepEqual(await listed(site, slug), [])
  for (let times = 0; times < 3; times += 1) await post(site, own, { decision: 'withdraw' })
  await site.deliverMail()
  assert.equal(site.inbox.mails.length, 1, 'pressed again, nothing more is sent')
  const again = await site.visitor().open(own)
  assert.match(again.text('main'), new RegExp(t('state.withdrawn.explained')))
})

test('who withdraws while another window saves is withdrawn', async () => {
  const site = await openSite()
  const slug = await site.publish()
  for (const decision of ['withdraw', 'erase']) {
    const person = somebody()
    const own = await signAndConfirm(site, slug, person)
    const saves = Array.from({ length: 10 }, (_, n) => save(site, own, { ...person, role: `${n}` }))
    const [gone] = await Promise.all([post(site, own, { decision }), ...saves])
    assert.equal(gone?.status, 200)
    assert.deepEqual(await listed(site, slug), [], decision)
    assert.equal((await counts(site, slug))['total'], 0, decision)
  }
})

test('who has withdrawn can sign again, with a new number', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const own = await signAndConfirm(site, slug, jose)
  await post(site, own, { decision: 'withdraw' })
  await site.deliverMail()
  site.inbox.clear()
  site.clock.advance({ minutes: 10 })
  const link = await signAndGetLink(site, slug, jose)
  assert.equal((await post(site, link, { decision: 'confirm' })).status, 303)
  assert.deepEqual(await numbers(site, slug), [0, 1, 1, 1, 0])
  assert.equal((await listed(site, slug))[0]?.['number'], 2)
})

test('erasing leaves nothing, and the link is unknown from then on', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const before = await rowsByTable(site)
  const visitor = await site.visitor().open(await signAndConfirm(site, slug, jose))
  const own = new URL(visitor.url).pathname
  await visitor.press('decision=erase')
  assert.match(visitor.text('h1'), new RegExp(t('withdrawn.erased.heading')))
  await site.deliverMail()
  const tables = await rowsByTable(site)
  const left = ['endorsements', 'consents', 'tokens', 'signatories', 'signatory_order', 'outbox']
  for (const table of left) assert.deepEqual(tables[table], before[table], table)
  assert.deepEqual(await numbers(site, slug), [0, 0, 0, 0, 0])
  for (const path of [own, `${own}/data.json`]) {
    assert.equal((await fetch(site.address + path)).status, 404)
  }
})

test('own data tells all that is stored, with the evidence of consent', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const own = await signAndConfirm(site, slug, { ...harbour, updates: 'yes' }, 'es')
  const response = await fetch(`${site.address}${own}/data.json`)
  assert.match(response.headers.get('content-disposition') ?? '', /attachment/)
  const data = (await response.json()) as Record<string, Record<string, unknown>>
  const { email, name, contact_name: contact, country, language } = data
  assert.deepEqual(
    [email, name, contact, country, language],
    [harbour['email'], harbour['name'], harbour['contact_name'], 'KE', 'es'],
  )
  const es = translator('es')
  const { consent = {}, statement = {} } = data
  assert.equal(consent['text_hash'], statement['sha256'])
  assert.deepEqual([statement['language'], statement['text_version']], ['es', 1])
  assert.deepEqual([consent['language'], consent['method']], ['es', 'form'])
  assert.equal(consent['given_at'], '2026-11-21T12:00:00.000Z')
  assert.deepEqual([consent['authorised'], consent['publishing'], consent['updates']], [1, 1, 1])
  assert.equal(consent['notice'], es('consent.notice'))
  assert.ok(String(consent['labels']).includes(es('consent.authorised')))
  assert.match(String(consent['notice_hash']) + String(consent['labels_hash']), /^[\da-f]{128}$/)
})

test('one mail brings the private links of all endorsements of a mailbox', async () => {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish()
  const other = await site.publish('community-monitoring-submission')
  const old = await signAndConfirm(site, slug, jose)
  await sign(site, slug, { ...harbour, email: address })
  await sign(site, other, { ...harbour, email: address, name: 'Third Capacity' })
  await site.deliverMail()
  site.inbox.clear()
  const visitor = await site.visitor('fr').open('/fr/find-my-endorsement')
  await visitor.fill({ email: ' JoseNandu@googlemail.com ' }).press()
  assert.equal(visitor.status, 200)
  await site.deliverMail()
  assert.equal(site.inbox.mails.length, 1)
  const mail = await site.inbox.waitFor('JoseNandu@googlemail.com')
  assert.equal(mail.headers.get('content-language'), 'fr')
  const links = mail.text.match(/\/fr\/(?:confirm|endorsement)\/\S+/g) ?? []
  assert.equal(links.length, 3)
  for (const link of links) assert.equal((await fetch(site.address + link)).status, 200)
  assert.equal(links.filter((link) => link.includes('/endorsement/')).length, 1)
  assert.equal((await fetch(site.address + old)).status, 404, 'a new link supersedes the old one')
  assert.equal((await fetch(site.address + linkIn(mail, 'endorsement'))).status, 200)
})
