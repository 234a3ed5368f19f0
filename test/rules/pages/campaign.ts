// A site on which every page can be seen: statements in all states, entries in many scripts, and
// links in all states.
import assert from 'node:assert/strict'
import { askForProof } from '../../../src/abuse/ask-for-proof.ts'
import { readStatementFolder } from '../../../src/statements/statement-file.ts'
import { issueLink } from '../../../src/confirmations/links.ts'
import { recordDelivery } from '../../../src/deliveries/record-delivery.ts'
import { findStatement } from '../../../src/statements/find-statement.ts'
import { importStatement } from '../../../src/statements/import-statement.ts'
import { closeStatement } from '../../../src/statements/open-and-close.ts'
import { issueEditions } from '../../../src/editions/close-editions.ts'
import { deliverStatement } from '../../../src/statements/deliver.ts'
import { confirmToken, signUp, signUpAndConfirm } from '../../support/crowd.ts'
import { fixture } from '../../support/fixtures.ts'
import { inviteSomebody } from '../../support/invitations.ts'
import { publishNewText } from '../../support/new-text.ts'
import { harbour, jose, leyla, someOrganisation, somebody } from '../../support/people.ts'
import { openSite, type Slug, type TestSite } from '../../support/site.ts'
import { english, publishUpdate, spanish } from '../../updates/campaign.ts'
import { type Reported, reportSome } from './reports.ts'

export const open = 'naloxone-within-reach'
/** English and French only */
export const untranslated = 'community-monitoring-submission'
export const closed = 'closed-statement'
export const delivered = 'delivered-statement'
export const empty = 'nobody-yet'
/** asks for a proof of work */
export const attacked = 'under-attack'
export const takenDown = 'taken-down-statement'

const scripts = [
  'Torbjørn Bræk',
  'Юлия Ёлкина',
  'سلمى حداد',
  'ארגון עמיתים',
  '動員ネットワーク',
  '동료지원네트워크',
  'साथी सञ्जाल',
  'நண்பர்கள்',
  'ที่นี่มีเพื่อน',
  'Nguyễn Thị Ánh',
  'مؤسسة «باب» ١٢',
  'ZWJ ක්‍ෂ',
  'Name with emoji 🌍',
  'O’Malley & Sons\' <House> "quoted"',
  `Unbroken${'Wort'.repeat(38)}`,
]

export interface EveryPage {
  site: TestSite
  /** a link for confirming, of an endorsement made for it */
  pending: () => Promise<string>
  expired: string
  superseded: string
  used: string
  tooLate: string
  /** paths of the pages behind the links of invitations */
  invited: { complete: string; incomplete: string; stop: string }
  own: Record<'listed' | 'held' | 'withdrawn' | 'unsubscribe', string>
  /** paths of the pages behind the links of whoever reported an entry */
  reported: Reported
  /** paths of the pages behind the links of mails about a new text */
  asked: Record<'open' | 'superseded' | 'answered', string>
}

export async function openEveryPage(): Promise<EveryPage> {
  const site = await openSite({ withoutSmtp: true, env: { LIMITS: 'off' } })
  await publishAll(site)
  for (const [n, name] of scripts.entries()) {
    const person = n % 2 === 0 ? someOrganisation({ name, acronym: 'ΑΒΓ' }) : somebody({ name })
    await signUpAndConfirm(site, open, person, n % 3 === 0 ? 'ar' : 'en')
  }
  await signUpAndConfirm(site, open, leyla)
  for (let n = 0; n < 120; n += 1) await signUpAndConfirm(site, untranslated, someOrganisation())
  const late = await signUp(site, closed, jose)
  await closeAll(site)
  // mails in all languages, as they lie in the mailbox
  for (const language of ['en', 'ar']) await signUp(site, open, somebody(), language)
  await site.deliverMail()
  return {
    site,
    ...(await links(site)),
    invited: await invitations(site),
    reported: await reportSome(site, open),
    tooLate: `/confirm/${late.token}`,
  }
}

async function publishAll(site: TestSite): Promise<void> {
  await site.publish(open, { originallyPublished: { name: 'Ligue «Ñ»', url: null } })
  await site.publish(untranslated)
  await site.publish(open, { slug: closed, discreet: false })
  await site.publish(untranslated, { slug: delivered })
  await site.publish(open, { slug: empty, discreet: false, signers: 'individuals' })
  await site.publish(untranslated, { slug: takenDown })
  await site.publish(open, { slug: attacked })
  await askForProof(site.ctx, attacked, true, 'test')
  await importOnly(site, untranslated, 'still-a-draft')
  for (let n = 1; n <= 12; n += 1) await site.publish(open, { slug: `one-more-${n}` })
}

async function closeAll(site: TestSite): Promise<void> {
  const present = site.clock.now().toISOString()
  site.clock.set('2026-11-21T12:00:00.000Z')
  for (const slug of [closed, delivered]) await closeStatement(site.ctx, slug)
  assert.equal(await deliverStatement(site.ctx, delivered), 'delivered')
  await publishUpdate(site, closed, [english, spanish])
  await tellOfDelivery(site)
  await site.ctx.db
    .updateTable('statements')
    .set({ state: 'taken-down', taken_down_reason: 'The convenors asked for it.' })
    .where('slug', '=', takenDown)
    .execute()
  await issueEditions(site.ctx)
  site.clock.set(present)
}

async function tellOfDelivery(site: TestSite): Promise<void> {
  const statement = await findStatement(site.ctx.db, delivered)
  assert.ok(statement)
  const told = {
    kind: 'delivered' as const,
    happenedOn: '2026-11',
    who: 'Committee on Health',
    how: 'at a hearing',
    note: 'Two of us spoke.',
    link: 'https://network.example/hearing',
    language: 'en',
  }
  assert.equal(await recordDelivery(site.ctx, statement, told, 'test'), 'recorded')
}

export async function importOnly(site: TestSite, fixtureName: Slug, slug: string): Promise<void> {
  const read = await readStatementFolder(fixture(`statements/${fixtureName}`))
  assert.ok(read.ok)
  await importStatement(site.ctx, { ...read.statement, slug })
}

async function invitations(site: TestSite) {
  const { link, stop } = await inviteSomebody(site, open)
  const other = { email: 'office@other.example', country: null }
  const { link: incomplete } = await inviteSomebody(site, open, other)
  const path = (token: string) => `/statements/${open}/invitation/${token}`
  return {
    complete: path(link),
    incomplete: path(incomplete),
    stop: `/invitations/stop/${stop}`,
  }
}

async function links(site: TestSite) {
  const { id: longAgo } = await signUp(site, open, somebody())
  const expired = await confirmToken(site.ctx, longAgo)
  const again = await signUp(site, open, somebody())
  await confirmToken(site.ctx, again.id)
  const used = await signUp(site, open, somebody())
  await post(site, `/confirm/${used.token}`, { decision: 'confirm' })
  site.clock.advance({ hours: 73 })
  const listed = await signUpAndConfirm(site, open, harbour)
  const held = await signUpAndConfirm(
    site,
    open,
    someOrganisation({ name: 'Пeer Support Network' }),
  )
  const withdrawn = await signUpAndConfirm(site, open, somebody())
  await post(site, `/endorsement/${withdrawn}`, { decision: 'withdraw' })
  const { id: endorsementId } = await signUp(site, open, somebody({ updates: 'yes' }))
  const stop = { purpose: 'unsubscribe', endorsementId, mailId: 'updates' } as const
  const unsubscribe = await issueLink(site.ctx.db, site.ctx, stop)
  return {
    pending: async () => `/confirm/${(await signUp(site, open, someOrganisation())).token}`,
    expired: `/confirm/${expired}`,
    superseded: `/confirm/${again.token}`,
    used: `/confirm/${used.token}`,
    own: {
      listed: `/endorsement/${listed}`,
      held: `/endorsement/${held}`,
      withdrawn: `/endorsement/${withdrawn}`,
      unsubscribe: `/unsubscribe/${unsubscribe}`,
    },
    asked: await askAboutNewText(site),
  }
}

async function askAboutNewText(site: TestSite) {
  const [one, other] = [
    await signUp(site, attacked, someOrganisation()),
    await signUp(site, attacked, somebody()),
  ]
  for (const { token } of [one, other])
    await post(site, `/confirm/${token}`, { decision: 'confirm' })
  await publishNewText(site, attacked, 'We also ask for money.')
  const linkTo = async ({ id: endorsementId }: { id: string }, mailId: string) => {
    const link = { purpose: 'reconfirm', endorsementId, mailId } as const
    return `/reconfirm/${await issueLink(site.ctx.db, site.ctx, link)}`
  }
  const superseded = await linkTo(one, 'first')
  const answered = await linkTo(other, 'first')
  const visitor = await site.visitor().open(answered)
  await visitor.press(/I stand behind the new text/)
  return { open: await linkTo(one, 'second'), superseded, answered }
}

export async function post(
  { address }: Pick<TestSite, 'address'>,
  path: string,
  fields: Record<string, string>,
): Promise<Response> {
  return fetch(address + path, { method: 'POST', body: new URLSearchParams(fields) })
}
