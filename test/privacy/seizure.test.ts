// What a thief of everything on the disk finds after a campaign of all that can happen to an
// endorsement (product.md P-3, P-7). What is searched for is what was typed, so nothing is assumed
// about how it is stored.
import assert from 'node:assert/strict'
import { copyFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { findAny } from '../../src/doctor/find-any.ts'
import { tracesOf } from '../../src/doctor/raw-search.ts'
import { seize } from '../../src/doctor/seizure.ts'
import { parseEmailAddress } from '../../src/text/email-address.ts'
import { foldForSearch } from '../../src/text/fold.ts'
import { rowsByTable } from '../support/dump.ts'
import { harbour, jose } from '../support/people.ts'
import { type Answers, linkIn, post, sign } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

const fates = [
  'listed',
  'pending',
  'withheld',
  'confidential',
  'withdrawn',
  'erased',
  'confidential later',
  'withheld later',
  'denied',
  'confidential, withdrawn',
] as const
type Fate = (typeof fates)[number]

interface Person {
  fate: Fate
  answers: Answers
}

// words and not numbers, so that no name is the beginning of another
const syllables = ['ka', 'lo', 'mi', 'ru', 'te', 'va', 'zo']
const wordFor = (n: number) =>
  [n % 7, Math.floor(n / 7) % 7, Math.floor(n / 49) % 7].map((i) => syllables[i]).join('')

/** Each with a name, a mailbox and a contact person of their own. */
const people = Array.from({ length: 200 }, (_, n): Person => {
  const fate = fates[n % fates.length] ?? 'listed'
  const isOrganisation = Math.floor(n / fates.length) % 2 === 0
  const word = wordFor(n)
  const visibility = fate.split(/[ ,]/)[0] ?? ''
  const isLater = fate.endsWith('later')
  const answers = {
    ...(isOrganisation ? harbour : jose),
    name: `Quolva${word} Brintham${word}`,
    email: `First.${word}+Tag@${n % 3 ? 'gmail.com' : `Xq${word}.example`}`,
    visibility: !isLater && /^(?:withheld|confidential)$/.test(visibility) ? visibility : 'listed',
    updates: 'yes',
  }
  if (!isOrganisation) return { fate, answers: { ...answers, affiliation: '', role: '' } }
  const contact = { acronym: '', website: '', contact_name: `Contacta${word} Ferrowil` }
  return { fate, answers: { ...answers, ...contact } }
})

const nameOf = ({ answers }: Person) => answers['name'] ?? ''
const emailOf = ({ answers }: Person) => answers['email'] ?? ''

async function inTurns<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const rest = [...all]
  const hand = async () => {
    for (let one = rest.shift(); one !== undefined; one = rest.shift()) await act(one)
  }
  await Promise.all(Array.from({ length: 8 }, hand))
}

async function meetFate(site: TestSite, { fate, answers }: Person): Promise<void> {
  const mail = await site.inbox.waitFor(answers['email'] ?? '')
  const link = linkIn(mail, 'confirm')
  if (fate === 'pending') return
  if (fate === 'denied') return void (await post(site, link, { decision: 'not-me' }))
  const confirmed = await post(site, link, { decision: 'confirm' })
  assert.equal(confirmed.status, 303, fate)
  const own = new URL(confirmed.headers.get('location') ?? '', site.address).pathname
  if (fate.endsWith('later')) {
    const visibility = fate.split(' ')[0] ?? ''
    await post(site, own, { ...answers, decision: 'save', visibility })
  }
  if (fate.endsWith('withdrawn')) await post(site, own, { decision: 'withdraw' })
  if (fate === 'erased') await post(site, own, { decision: 'erase' })
}

/** All sign, meet their fate, and as many mails wait because the mail server is away. */
async function campaign(): Promise<{ site: TestSite; slug: string }> {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish()
  await inTurns(people, async ({ answers }) => {
    assert.equal((await sign(site, slug, answers)).status, 303)
  })
  await site.deliverMail()
  await inTurns(people, (person) => meetFate(site, person))
  await site.deliverMail()
  site.inbox.answer = 'temporary'
  await inTurns(people, async ({ answers }) => {
    await post(site, '/find-my-endorsement', { email: answers['email'] ?? '' })
  })
  await site.deliverMail()
  await site.tidy()
  return { site, slug }
}

/** The files and a copy of them as they lie there, a proper backup, all rows, the log: by place. */
async function lootOf(site: TestSite): Promise<Map<string, string>> {
  const loot = new Map<string, string>()
  const { folder } = site.database
  if (folder !== null) {
    copyFileSync(join(folder, 'undersigned.db'), join(folder, 'copy.db'))
    await sql`vacuum into ${join(folder, 'backup.db')}`.execute(site.ctx.db)
    for (const file of readdirSync(folder)) {
      loot.set(file, readFileSync(join(folder, file)).toString('utf8'))
    }
  }
  loot.set('rows', JSON.stringify(await rowsByTable(site)))
  loot.set('log', site.log.join('\n'))
  return loot
}

/** In every spelling, with and without the tag, plain and hashed without a key. */
function tracesOfAddress(typed: string): string[] {
  const address = parseEmailAddress(typed)
  assert.ok(address.ok)
  const local = typed.slice(0, typed.indexOf('+'))
  return [typed, typed.toUpperCase(), address.value.canonical, local].flatMap(tracesOf)
}

const secretNames = people.filter(({ fate }) => fate !== 'listed').map(nameOf)
const contacts = people.flatMap(({ answers }) => answers['contact_name'] ?? [])

function assertNothingIn(loot: Map<string, string>): void {
  const secrets = [
    ...people.map(emailOf).flatMap(tracesOfAddress),
    ...contacts.flatMap(tracesOf),
    ...secretNames.flatMap((name) => [...tracesOf(name), ...tracesOf(foldForSearch(name))]),
  ]
  for (const [place, text] of loot) {
    assert.deepEqual([...findAny(text.toLowerCase(), new Set(secrets))], [], place)
  }
}

test('after 200 mixed sign-ons nothing on the disk, in a backup or in the log tells who is not listed', async () => {
  const { site } = await campaign()
  const loot = await lootOf(site)
  const listed = people.filter(({ fate }) => fate === 'listed').map(nameOf)
  assert.deepEqual(
    listed.filter((name) => !loot.get('rows')?.includes(name)),
    [],
    'what is public can be found: it was searched',
  )
  assert.ok(site.log.length > 500, 'there is a log')
  assertNothingIn(loot)

  const lookFor = [...people.map(emailOf), ...contacts, ...secretNames]
  const seizure = await seize(site.config.database, lookFor)
  assert.deepEqual(seizure.findings, [])
  // 200, of which 20 were erased and 20 denied, and 20 are listed
  assert.match(seizure.lines.join('\n'), /of each of the 140 whose name is not public/)
  assert.match(seizure.lines.join('\n'), /the 20 names on the lists/)
})

test('the same mailbox and name on two statements have no value in common', async () => {
  const site = await openSite()
  for (const slug of ['naloxone-within-reach', 'community-monitoring-submission'] as const) {
    await site.publish(slug)
    for (const visibility of ['withheld', 'confidential']) {
      const name = `${harbour['name']} ${visibility}`
      const answers = { ...harbour, name, visibility, email: `a@${visibility}.example` }
      await sign(site, slug, answers)
      await site.deliverMail()
      const mails = site.inbox.matching(`a@${visibility}.example`)
      const link = linkIn(mails.at(-1) ?? assert.fail('no mail'), 'confirm')
      await post(site, link, { decision: 'confirm' })
    }
  }
  const { endorsements = [], ...others } = await rowsByTable(site)
  assert.equal(endorsements.length, 4)
  const statements = [...new Set(endorsements.map((row) => row['statement_id']))]
  const [one, other] = statements.map((statement) => {
    const own = endorsements.filter((row) => row['statement_id'] === statement)
    const ids = new Set([...own.map((row) => row['id']), ...own.map((row) => row['address_hash'])])
    const tied = Object.values(others)
      .flat()
      .filter((row) => ids.has(row['endorsement_id']) || ids.has(row['address_hash']))
    return valuesOf([...own, ...tied])
  })
  assert.ok(one && other && one.size > 10)
  assert.deepEqual([...one.intersection(other)], [])
})

/** What could tie rows together: long values, not kinds, states, instants and shared texts. */
function valuesOf(rows: Record<string, unknown>[]): Set<unknown> {
  const shared = /^(?:key_id|notice_hash|labels_hash|.*_at|kind)$/
  return new Set(
    rows
      .flatMap((row) => Object.entries(row))
      .filter(([column, value]) => !shared.test(column) && String(value).length > 12)
      .map(([, value]) => value),
  )
}
