// Every page of the site, and how to get there. `path` has no language prefix.
import { signUpAndConfirm } from '../../support/crowd.ts'
import { harbour, jose, somebody } from '../../support/people.ts'
import {
  attacked,
  closed,
  delivered,
  empty,
  type EveryPage,
  open,
  post,
  takenDown,
  untranslated,
} from './campaign.ts'
import { reportVisits } from './report-visits.ts'

type Answers = Record<string, string>

export interface Visit {
  name: string
  status: number
  /** reached by a secret link, or showing what was typed */
  isPrivate: boolean
  /** for developers: shows mails in their own languages, as many as there are */
  isMailbox?: boolean
  open(prefix: string): Promise<Response>
}

export function everyVisit(campaign: EveryPage): Visit[] {
  return [
    ...publicPages(campaign),
    ...formPages(campaign),
    ...linkPages(campaign),
    ...invitedPages(campaign),
    ...reportVisits(campaign),
    ...ownPages(campaign),
    ...askedPages(campaign),
    ...errorPages(campaign),
  ]
}

const publicVisit = { status: 200, isPrivate: false }
const privateVisit = { status: 200, isPrivate: true }

function publicPages({ site }: EveryPage): Visit[] {
  const pages: [name: string, path: string][] = [
    ['home', ''],
    ['archive', '/statements'],
    ['archive, second page', '/statements?page=2'],
    ['archive, filtered', '/statements?status=open&topic=monitoring&year=2026&q=measured'],
    ['archive, nothing found', '/statements?q=nothing+like+this'],
    ['statement, open', `/statements/${open}`],
    ['statement in another language', `/statements/${open}?text=ru`],
    ['statement that is not translated', `/statements/${untranslated}`],
    ['statement, closed', `/statements/${closed}`],
    ['statement, delivered', `/statements/${delivered}`],
    ['statement that nobody has signed', `/statements/${empty}`],
    ['press', `/statements/${open}/press`],
    ['press, nobody yet', `/statements/${empty}/press`],
    ['updates', `/statements/${closed}/updates`],
    ['updates, none', `/statements/${open}/updates`],
    ['choose', `/statements/${open}/endorse`],
    ['form for organisations', `/statements/${open}/endorse?as=organisation`],
    ['form for individuals', `/statements/${open}/endorse?as=individual`],
    ['form, closed', `/statements/${closed}/endorse`],
    ['list in many scripts', `/statements/${open}/signatories`],
    ['list, full page', `/statements/${untranslated}/signatories`],
    ['list, second page', `/statements/${untranslated}/signatories?page=2`],
    ['list, filtered', `/statements/${open}/signatories?q=a&type=organisation&country=KE`],
    ['list, by country', `/statements/${open}/signatories?group=country`],
    ['list, nothing found', `/statements/${open}/signatories?q=nothing+like+this`],
    ['list, empty', `/statements/${empty}/signatories`],
    ['countries', `/statements/${open}/countries`],
    ['countries, closed', `/statements/${closed}/countries`],
    ['countries, none', `/statements/${empty}/countries`],
    ['editions, none', `/statements/${open}/editions`],
    ['editions', `/statements/${closed}/editions`],
    ['edition', `/statements/${closed}/editions/1`],
    ['edition, nobody in it', `/statements/${delivered}/editions/1`],
    ['verify', '/verify'],
    ['verify, unknown', `/verify?sha256=${'ab'.repeat(32)}`],
    ['verify, altered', `/verify?sha256=${'ab'.repeat(32)}&name=${closed}-edition-1.en.csv`],
    ['pictures', `/statements/${open}/pictures`],
    ['pictures, none', `/statements/${empty}/pictures`],
    ['what has changed, nothing', `/statements/${open}/changes`],
    ['what has changed', `/statements/${attacked}/changes`],
    ['statement with a new text', `/statements/${attacked}`],
    ['find', '/find-my-endorsement'],
    ['privacy', '/privacy'],
  ]
  return pages.map(([name, path]) => ({
    name,
    ...publicVisit,
    open: (prefix) => fetch(site.address + (prefix + path || '/')),
  }))
}

const wrong: Answers = { name: 'see www.example.org', email: 'nobody', country: 'XX' }

function formPages({ site }: EveryPage): Visit[] {
  const sending = (name: string, path: string, fields: Answers, status: number): Visit => ({
    name,
    status,
    isPrivate: true,
    open: (prefix) => post(site, prefix + path, fields),
  })
  const endorse = `/statements/${open}/endorse`
  const underAttack = `/statements/${attacked}/endorse`
  const typo = { ...jose, email: 'jose@gmial.com', visibility: 'withheld' }
  const hostile = { ...harbour, name: `O'Malley & <Sons> "quoted" ${'Wort'.repeat(30)}` }
  return [
    sending('form for organisations with faults', endorse, { ...wrong, type: 'organisation' }, 422),
    sending('form for individuals with faults', endorse, { ...wrong, type: 'individual' }, 422),
    sending('form that was changed again', endorse, { ...harbour, change: 'yes' }, 200),
    sending('check answers of an organisation', endorse, hostile, 200),
    sending('check answers with a doubtful address', endorse, typo, 200),
    sending('check answers before the proof of work', underAttack, jose, 200),
    sending(
      'form with faults before the proof of work',
      underAttack,
      { ...wrong, type: 'organisation' },
      422,
    ),
    sending('form sent after closing', `/statements/${closed}/endorse`, jose, 409),
    sending('find with a fault', '/find-my-endorsement', { email: 'nobody' }, 422),
    sending('find sent', '/find-my-endorsement', { email: 'jose@members.example' }, 200),
    {
      name: 'check your inbox',
      ...privateVisit,
      open: (prefix) => fetch(`${site.address}${prefix}/statements/${open}/check-your-inbox`),
    },
  ]
}

function linkPages(campaign: EveryPage): Visit[] {
  const { site, expired, superseded, used, tooLate, pending } = campaign
  const look = (name: string, path: string, status: number): Visit => ({
    name,
    status,
    isPrivate: true,
    open: (prefix) => fetch(site.address + prefix + path),
  })
  const decide = (name: string, link: () => Promise<string>, fields: Answers, status = 200) => ({
    name,
    status,
    isPrivate: true,
    open: async (prefix: string) => post(site, prefix + (await link()), fields),
  })
  return [
    {
      name: 'confirm',
      ...privateVisit,
      open: async (prefix) => fetch(site.address + prefix + (await pending())),
    },
    decide('confirm, changed meanwhile', pending, { decision: 'confirm', shown: 'other' }, 409),
    decide('thank you', pending, { decision: 'confirm' }),
    decide('not me', pending, { decision: 'not-me' }),
    decide('resent', async () => expired, { decision: 'resend' }),
    look('confirm, used', used, 200),
    look('confirm, expired', expired, 410),
    look('confirm, superseded', superseded, 410),
    look('confirm, too late', tooLate, 410),
    look('confirm, unknown', '/confirm/no-such-link', 404),
  ]
}

function invitedPages({ site, invited }: EveryPage): Visit[] {
  const look = (name: string, path: string, status = 200): Visit => ({
    name,
    status,
    isPrivate: true,
    open: (prefix) => fetch(site.address + prefix + path),
  })
  const answer = (name: string, path: string, fields: Answers, status = 200): Visit => ({
    name,
    status,
    isPrivate: true,
    open: (prefix) => post(site, prefix + path, fields),
  })
  return [
    look('invitation', invited.complete),
    look('invitation without a country', invited.incomplete),
    answer('invitation with faults', invited.incomplete, { ...wrong, decision: 'endorse' }, 422),
    answer('invitation, no day', invited.complete, { decision: 'reserve' }, 422),
    answer('invitation, later', invited.complete, { decision: 'reserve', until: '2026-11-30' }),
    answer('invitation, declined', invited.incomplete, { decision: 'decline' }),
    look('invitation, endorsed', `${invited.complete}?answered=endorsed`),
    look('invitation, mail sent', `${invited.complete}?answered=mail-sent`),
    look('invitation, unknown', `/statements/${open}/invitation/no-such-link`, 404),
    look('stop inviting', invited.stop),
    answer('stopped inviting', invited.stop, { 'List-Unsubscribe': 'One-Click' }),
  ]
}

function ownPages({ site, own }: EveryPage): Visit[] {
  const look = (name: string, path: string): Visit => ({
    name,
    ...privateVisit,
    open: (prefix) => fetch(site.address + prefix + path),
  })
  const leave = (name: string, decision: string): Visit => ({
    name,
    ...privateVisit,
    open: async (prefix) => {
      const token = await signUpAndConfirm(site, open, somebody())
      return post(site, `${prefix}/endorsement/${token}`, { decision })
    },
  })
  return [
    look('own, listed', own.listed),
    look('own, just saved', `${own.listed}?saved=yes`),
    look('unsubscribe', own.unsubscribe),
    { ...look('unsubscribe, unknown', '/unsubscribe/example'), status: 404 },
    look('own, held', own.held),
    look('own, held, just confirmed', `${own.held}?thanks=yes`),
    look('own, withdrawn', own.withdrawn),
    {
      name: 'own, with faults',
      status: 422,
      isPrivate: true,
      open: (prefix) => post(site, prefix + own.listed, { ...wrong, decision: 'save' }),
    },
    leave('withdrawn', 'withdraw'),
    leave('erased', 'erase'),
    { ...look('own, unknown', '/endorsement/no-such-link'), status: 404 },
    { ...look('mailbox', '/mailbox'), isMailbox: true },
  ]
}

function askedPages({ site, asked }: EveryPage): Visit[] {
  const look = (name: string, path: string, status = 200): Visit => ({
    name,
    status,
    isPrivate: true,
    open: (prefix) => fetch(site.address + prefix + path),
  })
  return [
    look('asked about a new text', asked.open),
    {
      ...look('asked, changed meanwhile', asked.open, 409),
      open: (prefix) => post(site, prefix + asked.open, { text: 'another' }),
    },
    look('asked, answered', asked.answered),
    look('asked, superseded', asked.superseded, 410),
    look('asked, unknown', '/reconfirm/no-such-link', 404),
  ]
}

function errorPages({ site }: EveryPage): Visit[] {
  const get = (name: string, path: string, status: number): Visit => ({
    name,
    status,
    isPrivate: false,
    open: (prefix) => fetch(site.address + prefix + path, { headers: { accept: 'text/html' } }),
  })
  return [
    get('not found', '/no/such/page', 404),
    get('no such statement', '/statements/no-such-statement', 404),
    get('a draft', '/statements/still-a-draft', 404),
    get('taken down', `/statements/${takenDown}`, 410),
    get('damaged address', '/statements/%E0%A4%A', 400),
  ]
}
