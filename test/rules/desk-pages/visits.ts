// Every page of the desk, full and empty, and the main forms with faults.
import { load } from 'cheerio'
import { keyOf } from '../../support/desk.ts'
import type { Visit } from '../pages/visits.ts'
import { answered, type DeskPages, draft, empty, open, over } from './campaign.ts'

type Answers = Record<string, string>

export interface DeskVisit extends Visit {
  /** without the prefix of a language; null for the answer to a form */
  path: string | null
}

export async function everyDeskVisit(campaign: DeskPages): Promise<DeskVisit[]> {
  return [
    ...beforeSigningIn(campaign),
    ...ofTheSite(campaign),
    ...ofStatements(campaign),
    ...ofFeatures(campaign),
    ...ofOthers(campaign),
    ...(await withFaults(campaign)),
  ]
}

type Pages = [name: string, path: string, status?: number][]

function looks({ site }: DeskPages, cookie: string, pages: Pages): DeskVisit[] {
  return pages.map(([name, path, status = 200]) => ({
    name,
    path: path.split('?')[0] ?? path,
    status,
    isPrivate: true,
    open: (prefix) =>
      fetch(site.address + prefix + path, {
        headers: { cookie, accept: 'text/html' },
        redirect: 'manual',
      }),
  }))
}

const of = (slug: string, page: string) => `/desk/statements/${slug}/${page}`

function beforeSigningIn(campaign: DeskPages): DeskVisit[] {
  const { half, signInToken, previewPath } = campaign
  return [
    ...looks(campaign, '', [
      ['sign in', '/desk/sign-in'],
      ['sign-in mail sent', '/desk/sign-in/sent'],
      ['sign-in button', `/desk/sign-in/${signInToken}`],
      ['sign-in link that is over', '/desk/sign-in/guessed', 410],
      ['shared preview', previewPath],
      ['shared preview in another language', `${previewPath}?text=ar`],
    ]),
    ...looks(campaign, half.withCode, [['second factor', '/desk/second-factor']]),
    ...looks(campaign, half.withoutCode, [['set up a code app', '/desk/second-factor/code']]),
  ]
}

function ofTheSite(campaign: DeskPages): DeskVisit[] {
  return looks(campaign, campaign.admin.browser.cookie, [
    ['statements', '/desk'],
    ['new statement', '/desk/statements/new'],
    ['account', '/desk/account'],
    ['passkeys', '/desk/account/passkeys'],
    ['people', '/desk/people'],
    ['directory', '/desk/directory'],
    ['directory, to invite again', `/desk/directory?statement=${empty}&q=network`],
    ['switches of the site', '/desk/site'],
    ['activity', '/desk/activity'],
    ['activity, nothing found', '/desk/activity?q=nothing+like+this'],
  ])
}

function ofStatements(campaign: DeskPages): DeskVisit[] {
  const cookie = campaign.admin.browser.cookie
  const inStates = (page: string, states: Record<string, string>): Pages =>
    Object.entries(states).map(([state, slug]) => [`${page} (${state})`, of(slug, page)])
  return looks(campaign, cookie, [
    ['overview (open)', `/desk/statements/${open}`],
    ['overview (draft)', `/desk/statements/${draft}`],
    ['overview (answered)', `/desk/statements/${answered}`],
    ['overview (empty)', `/desk/statements/${empty}`],
    ...inStates('publish', { open, draft }),
    ...inStates('deadline', { open, draft, answered }),
    ...inStates('delivery', { open, answered }),
    ...inStates('editions', { open, answered }),
    ...inStates('first-signatories', { open, empty }),
    ...inStates('packs', { open, draft }),
    ...inStates('ecosoc', { open, empty }),
    ...inStates('invitations', { open, draft, answered, empty }),
    ['texts', of(draft, 'texts')],
    ['text, authoritative', of(open, 'texts/en')],
    ['text, stale translation', of(draft, 'texts/fr')],
    ['text, Arabic draft', of(draft, 'texts/ar')],
    ['text, not begun', of(draft, 'texts/pt')],
    ['press', of(open, 'press')],
    ['settings', of(open, 'settings')],
    ['settings (draft)', of(draft, 'settings')],
    ['previews', of(draft, 'preview')],
    ['preview', of(draft, 'preview/ar')],
    ['team', of(open, 'team')],
    ['team, nobody', of(empty, 'team')],
    ['activity of a statement', of(open, 'activity')],
  ])
}

function ofFeatures(campaign: DeskPages): DeskVisit[] {
  const { sheets, updates, invalidations, answer } = campaign
  return looks(campaign, campaign.admin.browser.cookie, [
    ['imports', of(open, 'imports')],
    ['imports, none', of(empty, 'imports')],
    ['import, guessed', of(open, `imports/${sheets.guessed}`)],
    ['import, unknown columns', of(open, `imports/${sheets.unknown}`)],
    ['import by hand', of(open, `imports/${sheets.byHand}`)],
    ['review', of(open, 'review')],
    ['review, everything', of(open, 'review?show=unreviewed')],
    ['review, late', of(over, 'review?show=late')],
    ['review, none', of(empty, 'review')],
    ['duplicates', of(open, 'duplicates')],
    ['duplicates, none', of(empty, 'duplicates')],
    ['invalidations', of(open, 'invalidations')],
    ['invalidations, none', of(empty, 'invalidations')],
    ['invalidation, counted', invalidations.draft],
    ['invalidation, done', invalidations.done],
    ['invitations, chosen', of(open, 'invitations?answer=reserved')],
    ['updates', of(open, 'updates')],
    ['updates, none', of(empty, 'updates')],
    ['update, draft', of(open, `updates/${updates.draft}?in=ar`)],
    ['update, sending', of(open, `updates/${updates.sending}`)],
    ['update, cancelled', of(open, `updates/${updates.cancelled}`)],
    ['delivery, to correct', of(answered, `delivery?entry=${answer}`)],
    ['text of an update', of(open, `updates/${updates.draft}/text?in=ar`)],
    ['export', of(open, 'export')],
    ['switches', of(open, 'switches')],
  ])
}

function ofOthers(campaign: DeskPages): DeskVisit[] {
  const { tired, translator, viewer, newcomer } = campaign
  return [
    ...looks(campaign, tired.browser.cookie, [['asked again', '/desk/account/passkeys', 403]]),
    ...looks(campaign, translator.browser.cookie, [
      ['texts (translator)', of(open, 'texts')],
      ['refused (translator)', of(open, 'settings'), 403],
    ]),
    ...looks(campaign, viewer.browser.cookie, [
      ['overview (viewer)', `/desk/statements/${open}`],
      ['team (viewer)', of(open, 'team')],
    ]),
    ...looks(campaign, newcomer.browser.cookie, [
      ['statements, none', '/desk'],
      ['directory, empty', '/desk/directory'],
      ['not found', of(open, 'review'), 404],
    ]),
  ]
}

async function withFaults(campaign: DeskPages): Promise<DeskVisit[]> {
  const { site, admin, sheets, updates, tired, answer } = campaign
  const keys = { admin: await keyOf(admin), tired: await keyOf(tired) }
  const sends = (
    name: string,
    path: string,
    fields: Answers,
    who: 'admin' | 'tired' = 'admin',
  ) => ({
    name: `${name} with faults`,
    path: null,
    status: 422,
    isPrivate: true,
    open: (prefix: string) =>
      fetch(site.address + prefix + path, {
        method: 'POST',
        body: new URLSearchParams({ form_key: keys[who], ...fields }),
        headers: { cookie: campaign[who].browser.cookie },
        redirect: 'manual',
      }),
  })
  const corrected = { entry: answer, revision: '99', happened_on: '2026-11', who: 'Minister' }
  const wrong = { title: '', body: '<b>Stop</b>', closes_date: '2026-02-30', closes_zone: 'CET' }
  return [
    sends('sign in', '/desk/sign-in', { email: 'nobody' }),
    sends('new statement', '/desk/statements/new', wrong),
    sends('people', '/desk/people', { email: 'nobody' }),
    sends('team', of(open, 'team/people'), { email: 'nobody' }),
    sends('text', of(draft, 'texts/fr'), wrong),
    { ...sends('text that collided', of(draft, 'texts/fr'), collided), status: 409 },
    sends('settings', of(open, 'settings'), {
      convenor_0_name: 'x',
      convenor_0_url: 'x',
      dated: 'x',
    }),
    sends('deadline', of(open, 'deadline'), { do: 'extend', closes_date: '2026-11-01' }),
    sends('publish', of(draft, 'publish'), { when: 'later', opens_date: 'x', made_from: 'x' }),
    sends('imports', of(open, 'imports'), { table: '' }),
    sends('import by hand', of(open, 'imports/by-hand'), { name: '' }),
    sends('import', of(open, `imports/${sheets.guessed}/bring`), { how: 'confirmed' }),
    sends('review', of(open, 'review'), { note: 'Called them' }),
    sends('invalidations', of(open, 'invalidations'), { reason: '' }),
    sends('invitations', of(open, 'invitations'), { name: '', email: 'nobody' }),
    sends('update', of(open, `updates/${updates.draft}/text`), {
      in: 'ar',
      title: '',
      body: '<b>',
    }),
    sends('publishing a text', of(open, 'texts/en/publish'), { reason: 'x'.repeat(301) }),
    sends('delivery', of(answered, 'delivery'), { kind: 'delivered', happened_on: '2027' }),
    { ...sends('delivery that collided', of(answered, 'delivery'), corrected), status: 409 },
    sends('switches', of(open, 'hide-names'), { whose: 'everyone' }),
    { ...sends('asked again', of(open, 'export'), { format: 'csv' }, 'tired'), status: 403 },
    { ...wrongCode(campaign), path: null },
  ]
}

const collided = { title: 'Ouvrez', summary: '', body: 'Autre texte.', made_from: 'long ago' }

/** Five wrong codes end a session, so each is of another one. */
function wrongCode({ site, newHalfSession }: DeskPages): Visit {
  return {
    name: 'second factor with faults',
    status: 422,
    isPrivate: true,
    async open(prefix) {
      const headers = { cookie: await newHalfSession() }
      const address = `${site.address}${prefix}/desk/second-factor`
      const page = load(await (await fetch(address, { headers })).text())
      const form_key = String(page('[name=form_key]').first().val())
      const body = new URLSearchParams({ form_key, second_factor: '000000' })
      return fetch(address, { method: 'POST', body, headers, redirect: 'manual' })
    },
  }
}
