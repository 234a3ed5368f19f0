// A desk in full swing: people of every role, statements in all states, entries to decide on, batches,
// invitations, updates and a delivery, as coordinators find them on the night before closing.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { openSession } from '../../../src/coordinators/sessions.ts'
import { recordDelivery } from '../../../src/deliveries/record-delivery.ts'
import { keepSheet } from '../../../src/imports/drafts.ts'
import { closeStatement } from '../../../src/statements/open-and-close.ts'
import { signUp, signUpAndConfirm } from '../../support/crowd.ts'
import { addPerson, type DeskPerson, joinAs, signIn } from '../../support/desk.ts'
import { fixture } from '../../support/fixtures.ts'
import { inviteSomebody } from '../../support/invitations.ts'
import { someOrganisation, somebody } from '../../support/people.ts'
import { openSite, type TestSite } from '../../support/site.ts'
import { publishUpdate, statementOf, writeUpdate } from '../../updates/campaign.ts'
import {
  addPasskeyTo,
  attachLetter,
  cancelUpdate,
  confirmLate,
  decidePairs,
  giveNewText,
  reportSome,
  waitForAnswers,
} from './afterwards.ts'

export const open = 'naloxone-within-reach'
export const draft = 'open-the-doors'
export const answered = 'answered-statement'
export const empty = 'nobody-yet'
/** closed, and its grace period is over */
export const over = 'all-over'

const desk = (slug: string, page: string) => `/desk/statements/${slug}/${page}`

export interface DeskPages {
  site: TestSite
  admin: DeskPerson
  /** has not shown a second factor for a long time */
  tired: DeskPerson
  translator: DeskPerson
  viewer: DeskPerson
  /** somebody with nothing to see yet */
  newcomer: DeskPerson
  /** cookies of who has pressed the link in the mail, with a code app and without */
  half: { withCode: string; withoutCode: string }
  /** another cookie of somebody with a code app */
  newHalfSession: () => Promise<string>
  signInToken: string
  sheets: { guessed: string; unknown: string; byHand: string }
  previewPath: string
  updates: { draft: string; sending: string; cancelled: string }
  /** the id of an entry of what became of `answered` */
  answer: string
  invalidations: { draft: string; done: string }
}

export async function openDeskPages(): Promise<DeskPages> {
  const site = await openSite({ now: '2026-11-10T09:00:00.000Z', env: { LIMITS: 'off' } })
  await tenDays(site)
  const tired = await signIn(site, 'admin')
  site.clock.advance({ minutes: 11 })
  const admin = await signIn(site, 'admin')
  const { translator, viewer, newcomer } = await team(site)
  await writeDraft(admin)
  await hand(site)
  const sheets = await bringIn(site, admin)
  await reportSome(site, open)
  await decide(site, admin)
  await inviteMany(site, admin)
  await waitForAnswers(site, admin, open)
  await decidePairs(site, admin, open)
  await giveNewText(site, open)
  await addPasskeyTo(site, tired)
  const updates = {
    draft: await writeUpdate(site, open, [english, arabic]),
    sending: await publishUpdate(site, open, [english]),
    cancelled: await cancelUpdate(site, open),
  }
  const invalidations = await invalidateSome(admin)
  const previewPath = await share(admin)
  // passkeys belong to a name, not to an address of numbers
  site.config.baseUrl = site.address.replace('127.0.0.1', 'localhost')
  return {
    site,
    admin,
    tired,
    translator,
    viewer,
    newcomer,
    sheets,
    updates,
    answer: await attachLetter(site, answered),
    invalidations,
    half: {
      withCode: await halfSession(site, tired.id),
      withoutCode: await halfSession(site, (await addPerson(site, 'admin')).id),
    },
    newHalfSession: () => halfSession(site, tired.id),
    signInToken: (await addPerson(site, 'viewer')).token,
    previewPath,
  }
}

const english = {
  language: 'en',
  title: 'We met the minister',
  body: 'She **listened**, and promised an answer before the vote.\n\nNext week we go back.',
}
const arabic = { language: 'ar', title: 'التقينا الوزيرة', body: 'لقد **استمعت** إلينا.' }

const names = [
  'Torbjørn Bræk',
  'Юлия Ёлкина',
  'سلمى حداد',
  '動員ネットワーク',
  'साथी सञ्जाल',
  'Nguyễn Thị Ánh',
  'O’Malley & Sons\' <House> "quoted"',
  `Unbroken${'Wort'.repeat(38)}`,
]
const countries = ['KE', 'AR', 'UA', 'LB', 'JP', 'NP', 'VN', 'IE']
const languages = ['en', 'es', 'ru', 'ar']

/** Each day some more sign, as campaigns go. */
async function tenDays(site: TestSite): Promise<void> {
  const opensAt = { instant: '2026-11-10T08:00:00Z', zone: 'Europe/Vienna' }
  await site.publish(open, { discreet: false, review: 'all', opensAt })
  await site.publish(open, { slug: answered, opensAt })
  await site.publish('community-monitoring-submission', { slug: empty, discreet: false })
  const closesAt = { instant: '2026-11-19T10:00:00Z', zone: 'Europe/Vienna' }
  await site.publish(open, { slug: over, opensAt, closesAt })
  let late = ''
  for (let day = 0; day < 11; day += 1) {
    if (day === 9) late = (await signUp(site, over, someOrganisation())).token
    for (let n = 0; n <= day % 5; n += 1) {
      const at = (day * 3 + n) % names.length
      const who = { name: `${names[at]} ${day}`, country: countries[at] ?? 'KE' }
      const answers = n % 2 === 0 ? someOrganisation(who) : somebody(who)
      await signUpAndConfirm(site, open, answers, languages[(day + n) % languages.length])
    }
    site.clock.advance({ hours: 24 })
  }
  await confirmLate(site, late)
  await signUp(site, open, somebody())
  await doubtful(site)
}

async function doubtful(site: TestSite): Promise<void> {
  const full = 'International Network of People who Use Drugs'
  const website = 'https://network.example'
  const entries = [
    someOrganisation({ name: 'INPUD', email: 'inpud@gmail.com' }),
    someOrganisation({ name: full, acronym: 'INPUD', email: 'office@network.example', website }),
    someOrganisation({ name: 'World Health Organization', email: 'me@gmail.com' }),
    someOrganisation({ name: 'Пeer Support Network' }),
    somebody({ email: 'bot1@flood.example', updates: 'yes' }),
    somebody({ email: 'bot2@flood.example', updates: 'yes' }),
    somebody({ visibility: 'confidential' }),
    somebody({ visibility: 'withheld', updates: 'yes' }),
  ]
  for (const entry of entries) await signUpAndConfirm(site, open, entry)
}

async function team(site: TestSite) {
  const translator = await signIn(site, 'translator')
  const viewer = await signIn(site, 'viewer')
  const newcomer = await signIn(site, 'coordinator')
  await joinAs(site, open, translator.id, 'translator')
  await joinAs(site, open, viewer.id, 'viewer')
  return { translator, viewer, newcomer }
}

/** In three languages: one text is behind the authoritative one. */
async function writeDraft({ browser }: DeskPerson): Promise<void> {
  await browser.open('/desk/statements/new')
  const body = '## What we ask\n\nWe ask for *two* things.\n\n- Open the doors.\n- Listen.'
  await browser.fill({ title: 'Open the doors', body, convenor: 'Harbour' }).press(/Create/)
  await browser.open(desk(draft, 'texts/fr'))
  const french = { title: 'Ouvrez les portes', body: 'Nous demandons deux choses.' }
  await browser.fill(french).press(/Save as reviewed/)
  await browser.open(desk(draft, 'texts/en'))
  await browser.fill({ body: body.replace('two', 'three') }).press(/^Save$/)
  await browser.open(desk(draft, 'texts/ar'))
  await browser.fill({ title: 'افتحوا الأبواب', body: 'نطلب أمرين.' }).press(/^Save$/)
  assert.equal(browser.status, 200)
}

/** A statement that was handed over and answered. */
async function hand(site: TestSite): Promise<void> {
  await closeStatement(site.ctx, answered)
  const told = { how: 'at a hearing', note: 'Two of us spoke.', link: 'https://network.example/h' }
  for (const kind of ['delivered', 'answered'] as const) {
    const happenedOn = kind === 'delivered' ? '2026-11' : '2026-11-20'
    const entry = { kind, happenedOn, who: 'Committee on Health', ...told, language: 'en' }
    assert.equal(
      await recordDelivery(site.ctx, await statementOf(site, answered), entry, 'test'),
      'recorded',
    )
  }
}

const byHand = 'name,country,email\nSunrise Union,Kenya,info@sunrise.example\n'

async function bringIn(site: TestSite, { id: by, browser }: DeskPerson) {
  const statement = await statementOf(site, open)
  const keep = async (bytes: Buffer, source: 'file' | 'paste' | 'hand') => {
    const kept = await keepSheet(site.ctx, statement, { bytes, source, by })
    assert.ok(kept.ok)
    return kept.id
  }
  const responses = readFileSync(fixture('form-responses.csv'))
  const few = responses.toString('utf8').split('\n').slice(0, 40).join('\n')
  await browser.open(desk(open, `imports/${await keep(Buffer.from(few), 'paste')}`))
  browser.choose('how', 'confirmed').fill({ evidence: 'Their form, kept by the network' })
  await browser.press(/^Bring them in/)
  assert.equal(browser.status, 200)
  return {
    guessed: await keep(responses, 'file'),
    unknown: await keep(Buffer.from('Group,Where from\nSunrise Union,Kenya\n'), 'paste'),
    byHand: await keep(Buffer.from(byHand), 'hand'),
  }
}

/** One is decided on, one is being looked at by somebody else. */
async function decide(site: TestSite, { browser }: DeskPerson): Promise<void> {
  await browser.open(desk(open, 'review'))
  const box = browser.$('.review-name input').first().attr('name') ?? ''
  browser.tick(box).choose('decision', 'held')
  await browser.fill({ reason: 'not-found', note: 'No such register entry' }).press(/Decide/)
  assert.equal(browser.status, 200)
  const other = await signIn(site, 'coordinator')
  await joinAs(site, open, other.id, 'coordinator')
  await other.browser.open(desk(open, 'review'))
  await other.browser.press(/looking at this one/)
}

async function inviteMany(site: TestSite, { browser }: DeskPerson): Promise<void> {
  await browser.open(desk(open, 'invitations'))
  const rows = names.slice(0, 6).map((name, n) => `${name}\toffice@invited-${n}.example`)
  await browser.fill({ rows: rows.join('\n') }).press(/Invite all/)
  assert.equal(browser.status, 200)
  const answers = [{ decision: 'reserve', until: '2026-11-26' }, { decision: 'decline' }]
  for (const [n, answer] of answers.entries()) {
    const email = `office@answering-${n}.example`
    const { link } = await inviteSomebody(site, open, { name: `Answering Network ${n}`, email })
    await site.visitor().open(`/statements/${open}/invitation/${link}`)
    const body = new URLSearchParams(answer)
    await fetch(`${site.address}/statements/${open}/invitation/${link}`, { method: 'POST', body })
  }
}

async function invalidateSome({ browser }: DeskPerson) {
  const prepare = async (criteria: Record<string, string>) => {
    await browser.open(desk(open, 'invalidations'))
    await browser.fill({ ...criteria, reason: 'Made by a machine.' }).press(/Count them first/)
    assert.equal(browser.status, 200)
    return new URL(browser.url).pathname
  }
  const done = await prepare({ domain: 'flood.example' })
  await browser.press('Take them out')
  return { done, draft: await prepare({ country: 'KE' }) }
}

async function share({ browser }: DeskPerson): Promise<string> {
  await browser.open(desk(draft, 'preview'))
  await browser.press(/Make a private link/)
  return new URL(browser.$('.address').first().text()).pathname
}

async function halfSession({ ctx }: TestSite, coordinatorId: string): Promise<string> {
  return `desk=${await openSession(ctx.db, ctx, { coordinatorId, browser: 'Firefox, Linux' })}`
}
