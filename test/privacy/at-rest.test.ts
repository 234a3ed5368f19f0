// What a thief of the database learns, and a reader of the log (product.md P-3, P-4, M-3).
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseEmailAddress } from '../../src/text/email-address.ts'
import { foldForSearch } from '../../src/text/fold.ts'
import { rowsByTable } from '../support/dump.ts'
import { harbour, jose, leyla } from '../support/people.ts'
import { type Answers, linkIn, post, sign, signAndConfirm } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

type Fate = 'pending' | 'listed' | 'withheld' | 'held' | 'hidden-later' | 'withdrawn' | 'erased'
const fates: Fate[] = [
  'pending',
  'listed',
  'withheld',
  'held',
  'hidden-later',
  'withdrawn',
  'erased',
]
interface Person {
  answers: Answers
  fate: Fate
}

/** Fifty people and organisations, each with a mailbox that is typed in a spelling of its own. */
const people = Array.from({ length: 50 }, (_, index): Person => {
  const fate = fates[index % fates.length] ?? 'pending'
  const answers = {
    ...(index % 2 ? jose : harbour),
    name: fate === 'held' ? 'Xi Jinping' : `Zebulon Quark ${index} ${fate}`,
    email: `First.Last${index}+Tag@${index % 3 ? 'gmail.com' : `Mail${index}.example`}`,
    visibility: fate === 'withheld' ? 'withheld' : 'listed',
    updates: 'yes',
  }
  if (index % 2) return { fate, answers }
  return { fate, answers: { ...answers, acronym: '', contact_name: `Contactia Person${index}` } }
})

async function live({ fate, answers }: Person, site: TestSite, slug: string): Promise<string[]> {
  const address = answers['email'] ?? ''
  assert.equal((await sign(site, slug, answers)).status, 303)
  await site.deliverMail()
  const link = linkIn(await site.inbox.waitFor(address), 'confirm')
  if (fate === 'pending') return [link]
  const confirmed = await post(site, link, { decision: 'confirm' })
  const own = new URL(confirmed.headers.get('location') ?? '', site.address).pathname
  if (fate === 'hidden-later') {
    await post(site, own, { ...answers, decision: 'save', visibility: 'withheld' })
  }
  if (fate === 'withdrawn') await post(site, own, { decision: 'withdraw' })
  if (fate === 'erased') await post(site, own, { decision: 'erase' })
  return [link, own]
}

/** Everything that is stored, as one lower-case text: the files of SQLite, or all rows of PostgreSQL. */
async function stolen(site: TestSite): Promise<string> {
  const { folder } = site.database
  const tables = JSON.stringify(await rowsByTable(site))
  const files = folder === null ? [] : readdirSync(folder)
  const contents = files.map((file) => readFileSync(join(folder ?? '', file)))
  return [tables, ...contents.map((bytes) => bytes.toString('utf8'))].join('\n').toLowerCase()
}

/** An address in every spelling, and hashed without a key in every usual way. */
function tracesOf(typed: string): string[] {
  const address = parseEmailAddress(typed)
  assert.ok(address.ok)
  const { canonical } = address.value
  const spellings = [typed, canonical, typed.toLowerCase(), typed.toUpperCase()]
  const hashed = spellings.flatMap((spelling) =>
    ['md5', 'sha1', 'sha256', 'sha512'].flatMap((algorithm) => {
      const digest = createHash(algorithm).update(spelling).digest()
      return [digest.toString('hex'), digest.toString('base64url'), digest.toString('base64')]
    }),
  )
  const local = typed.slice(0, typed.indexOf('+')).toLowerCase()
  return [...spellings, local, local.replace('.', ''), ...hashed]
}

async function liveAll() {
  const site = await openSite()
  const slug = await site.publish()
  const tokens: string[] = []
  for (const person of people) tokens.push(...(await live(person, site, slug)))
  await signAndConfirm(site, slug, leyla)
  // and as many mails that have not gone yet
  site.inbox.answer = 'temporary'
  for (const { answers } of people) {
    await sign(site, slug, { ...answers, type: 'individual', name: 'Waiting Quagga' })
    await post(site, '/find-my-endorsement', { email: answers['email'] ?? '' })
  }
  await site.deliverMail()
  return { site, slug, tokens: tokens.map((path) => path.split('/').at(-1) ?? '') }
}

/** @param text in lower case: it is long, and searched for many traces */
function assertAbsent(text: string, traces: string[], what: string): void {
  for (const trace of traces) {
    const at = text.indexOf(trace.toLowerCase())
    const around = text.slice(Math.max(0, at - 60), at + trace.length + 20)
    assert.equal(at, -1, `${what}: “${trace}” in …${JSON.stringify(around)}`)
  }
}

test('the stolen database tells no address, no contact, no name that is not listed, no token', async () => {
  const { site, tokens } = await liveAll()
  await site.tidy()
  const loot = await stolen(site)
  const listed = people.filter(({ fate }) => fate === 'listed')
  assert.ok(
    listed.every(({ answers }) => loot.includes((answers['name'] ?? '').toLowerCase())),
    'it was searched',
  )

  for (const { answers, fate } of people) {
    assertAbsent(loot, tracesOf(answers['email'] ?? ''), 'address')
    assertAbsent(loot, [answers['contact_name'] ?? 'Contactia'], 'contact person')
    const name = answers['name'] ?? ''
    if (fate !== 'listed') assertAbsent(loot, [name, foldForSearch(name)], `${fate} name`)
  }
  assertAbsent(loot, ['Withheld-Name', 'hidden-mail', 'Quagga'], 'name')
  assertAbsent(loot, [...new Set(tokens)], 'token')
})

test('the log tells no address, no name, no token, no network', async () => {
  const { site, tokens } = await liveAll()
  await fetch(`${site.address}/statements?q=leyla@hidden-mail.example`)
  await post(site, '/confirm/a-token-that-is-wrong', { decision: 'confirm' })
  const log = site.log.join('\n').toLowerCase()
  assert.ok(site.log.length > 100, 'there is a log')
  for (const { answers } of people) {
    assertAbsent(log, tracesOf(answers['email'] ?? ''), 'address')
    assertAbsent(log, [answers['name'] ?? '', answers['contact_name'] ?? 'Contactia'], 'name')
  }
  assertAbsent(log, ['hidden-mail', 'a-token-that-is-wrong', 'Quagga', 'Withheld-Name'], 'typed')
  assertAbsent(log, [...new Set(tokens)], 'token')
  assertAbsent(log, ['127.0.0.1', '::1', 'node-fetch', 'undici', '"user-agent"'], 'network')
})

test('a name that was hidden, withdrawn or erased is gone from the disk once the site tidied up', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const leave = async (name: string, decision: Answers) => {
    const answers = { ...harbour, email: `${decision['decision']}@members.example`, name }
    const own = await signAndConfirm(site, slug, answers)
    assert.ok((await stolen(site)).includes(name.toLowerCase()), 'a listed name is public')
    await post(site, own, { ...answers, ...decision })
  }
  await leave('Hidden Quagga', { decision: 'save', visibility: 'withheld' })
  await leave('Withdrawn Quagga', { decision: 'withdraw' })
  await leave('Erased Quagga', { decision: 'erase' })
  await site.deliverMail()
  await site.tidy()
  assertAbsent(await stolen(site), ['Quagga'], 'name')
})

test('the same mailbox, name and contact on two statements leave no value in common', async () => {
  const site = await openSite()
  for (const slug of ['naloxone-within-reach', 'community-monitoring-submission'] as const) {
    await site.publish(slug)
    await sign(site, slug, { ...harbour, visibility: 'withheld' })
    await site.deliverMail()
    await sign(site, slug, harbour)
  }
  const [one = [], other = []] = await valuesByEndorsement(site)
  assert.ok(one.length > 8 && other.length > 8)
  assert.deepEqual(
    one.filter((value) => other.includes(value)),
    [],
  )
  const { mail_allowances: allowances = [] } = await rowsByTable(site)
  assert.equal(new Set(allowances.map((row) => row['address_hash'])).size, 2)
})

/** What could tie rows together: ids, hashes and what is sealed; not kinds, states and instants. */
async function valuesByEndorsement(site: TestSite): Promise<unknown[][]> {
  const { endorsements = [], tokens = [], outbox = [] } = await rowsByTable(site)
  const telling = /^(?:id|hash|address_hash|capacity_hash|.*_sealed|.*_id)$/
  return endorsements.map(({ id }) =>
    [...endorsements, ...tokens, ...outbox]
      .filter((row) => row['id'] === id || row['endorsement_id'] === id)
      .flatMap((row) => Object.entries(row))
      .filter(([column]) => telling.test(column) && column !== 'key_id')
      .map(([, value]) => value),
  )
}
