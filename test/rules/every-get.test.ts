// Looking changes nothing, anywhere, and leaves nothing with the visitor (product.md M-1, P-4). The
// addresses are read from the router, so that a new page is held to it without anybody thinking of it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeEdition } from '../../src/editions/make-edition.ts'
import { health } from '../../src/http/health.ts'
import { languages } from '../../src/languages/languages.ts'
import { issueLink } from '../../src/confirmations/links.ts'
import { readCriteriaValues } from '../../src/invalidations/criteria.ts'
import { prepare } from '../../src/invalidations/invalidate.ts'
import { reportEntry } from '../../src/reports/report-entry.ts'
import { adaptiveStyleHash } from '../../src/pictures/palette.ts'
import { routes } from '../../src/routes.ts'
import { pressLinksOf, sharePress } from '../../src/press/links.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { addressesOf, patternsOf, type Samples } from '../support/addresses.ts'
import { signIn as signInAtDesk } from '../support/desk.ts'
import { dumpOf } from '../support/dump.ts'
import { inviteSomebody } from '../support/invitations.ts'
import { harbour, jose, leyla } from '../support/people.ts'
import { linkIn, sign, signAndConfirm } from '../support/signing.ts'
import { openSite, type SiteOptions, type TestSite } from '../support/site.ts'
import { insertDelivery } from '../../src/deliveries/delivery-store.ts'
import { attachFile } from '../../src/deliveries/files.ts'
import { publishUpdate } from '../updates/campaign.ts'

/** A site with something of everything: open and closed, pending, confirmed, withheld, denied. */
async function openLivelySite(options: SiteOptions = {}) {
  const site = await openSite(options)
  const slug = await site.publish()
  const other = await site.publish('community-monitoring-submission')
  const pending = options.withoutSmtp ? 'none' : await pendingToken(site, slug)
  const own = options.withoutSmtp ? 'none' : (await signAndConfirm(site, slug, jose)).split('/')[2]
  if (!options.withoutSmtp) await signAndConfirm(site, slug, leyla)
  await sign(site, slug, harbour)
  const invitation = await inviteSomebody(site, slug)
  const admin = await signInAtDesk(site, 'admin')
  await makeEditionOf(site, slug)
  const samples: Samples = {
    '/statements/:slug': [slug, other, 'there-is-none'],
    '/embargoed/:token': [await embargoedToken(site), 'guessed'],
    '/embargoed/*page': ['press', 'signatories.csv', 'endorse', 'none'],
    '/statements/:token': [invitation.link, 'guessed'],
    '/invitations/:token': [invitation.stop, 'guessed'],
    '/confirm/:token': [pending, own ?? '', 'guessed'],
    '/endorsement/:token': [own ?? '', pending, 'guessed'],
    '/desk/:token': ['guessed'],
    '/desk/:draft': ['guessed'],
    '/desk/:slug': [slug, 'there-is-none'],
    '/desk/:language': ['en', 'pt', 'none'],
    '/desk/:update': [await publishUpdate(site, slug), 'there-is-none'],
    '/reconfirm/:token': [await tokenFor(site, 'reconfirm'), 'guessed'],
    '/unsubscribe/:token': [await tokenFor(site, 'unsubscribe'), 'guessed'],
    '/statements/:edition': ['1', '1.csv', '1.json.sig', '2'],
    '/statements/:sums': ['SHA256SUMS', 'SHA256SUMS.sig', 'none'],
    '/statements/:number': ['1', '99'],
    '/reports/:token': [options.withoutSmtp ? 'none' : await reportToken(site, slug), 'guessed'],
    '/statements/:picture': ['map.svg', 'there-is-none'],
    '/statements/:file': [await attachedId(site, slug), 'there-is-none'],
    '/desk/:invalidation': [await preparedId(site, slug, admin), 'there-is-none'],
  }
  return { site, samples, cookie: admin.browser.cookie }
}

/** A link to a statement that nobody else can read yet. */
async function embargoedToken(site: TestSite): Promise<string> {
  const embargoUntil = { instant: '2027-01-01T09:00:00.000Z', zone: 'UTC' }
  const slug = await site.publish('naloxone-within-reach', { slug: 'not-yet', embargoUntil })
  const statement = await findStatement(site.ctx.db, slug)
  assert.ok(statement)
  await sharePress(site.ctx, statement, 'test')
  const [link] = await pressLinksOf(site.ctx, statement)
  return link?.token ?? ''
}

async function makeEditionOf({ ctx }: TestSite, slug: string): Promise<void> {
  const statement = await findStatement(ctx.db, slug)
  assert.ok(statement)
  await makeEdition(ctx, statement.id, { reason: 'on-demand', actor: 'test' })
}

/** About the first entry of the list. */
async function reportToken({ ctx }: TestSite, slug: string): Promise<string> {
  const statement = await findStatement(ctx.db, slug)
  assert.ok(statement)
  const typed = { reason: 'other', words: 'Who is this?', isTrapped: false } as const
  return (await reportEntry(ctx, statement, 1, typed)) ?? 'none'
}

async function attachedId({ ctx }: TestSite, slug: string): Promise<string> {
  const statement = await findStatement(ctx.db, slug)
  assert.ok(statement)
  const said = { happenedOn: '2026', who: 'The minister', how: '', note: '', link: '' }
  const entry = { id: 'entry', kind: 'answered', language: 'en', revision: 1, ...said } as const
  await insertDelivery(ctx.db, statement.id, entry, ctx.clock.now().toISOString())
  const file = { name: 'answer.html', type: 'text/html', bytes: Buffer.from('<p>No.</p>') }
  await attachFile(ctx, statement, { deliveryId: entry.id, file, actor: 'test' })
  const { id } = await ctx.db.selectFrom('delivery_files').select('id').executeTakeFirstOrThrow()
  return id
}

async function preparedId(site: TestSite, slug: string, coordinator: { id: string }) {
  const statement = await findStatement(site.ctx.db, slug)
  assert.ok(statement)
  const values = readCriteriaValues({ country: 'KE', reason: 'Made by a machine' })
  return prepare(site.ctx, { statement, coordinator }, values, 'en')
}

async function pendingToken(site: TestSite, slug: string): Promise<string> {
  await sign(site, slug, harbour)
  await site.deliverMail()
  const mail = await site.inbox.waitFor(harbour['email'] ?? '')
  return linkIn(mail, 'confirm').split('/')[2] ?? ''
}

/** Of whoever signed first. */
async function tokenFor({ ctx }: TestSite, purpose: 'reconfirm' | 'unsubscribe'): Promise<string> {
  const row = await ctx.db.selectFrom('endorsements').select('id').executeTakeFirstOrThrow()
  const wanted = { purpose, endorsementId: row.id, mailId: 'updates' }
  return issueLink(ctx.db, ctx, wanted)
}

/** A live page never ends: it is left as soon as it has begun. */
async function visit(
  site: TestSite,
  address: string,
  method: string,
  cookie: string,
): Promise<Response> {
  const leaving = new AbortController()
  const response = await fetch(site.address + address, {
    method,
    redirect: 'manual',
    headers: { cookie },
    signal: leaving.signal,
  })
  const isLive = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false
  if (isLive) leaving.abort()
  else await response.arrayBuffer()
  return response
}

const csp = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
]

const shutIn = ["default-src 'none'", 'sandbox']
const ownStyle = `style-src '${adaptiveStyleHash}'`
const isPicture = (headers: Headers, address: string) =>
  headers.get('content-type')?.startsWith('image/svg') === true && address.includes('/pictures/')

function assertModestHeaders({ headers }: Response, address: string): void {
  const policy = (headers.get('content-security-policy') ?? '').split(';')
  const isFile = headers.has('content-disposition') && address.includes('/files/')
  const expected = isFile ? shutIn : isPicture(headers, address) ? [...shutIn, ownStyle] : csp
  assert.deepEqual(policy.map((part) => part.trim()).toSorted(), expected.toSorted(), address)
  assert.deepEqual(headers.getSetCookie(), [], address)
  assert.equal(headers.get('x-content-type-options'), 'nosniff', address)
  assert.equal(headers.get('referrer-policy'), 'no-referrer', address)
  assert.equal(headers.get('x-frame-options'), 'DENY', address)
  assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin', address)
  assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin', address)
  assert.match(headers.get('permissions-policy') ?? '', /geolocation=\(\)/, address)
  assert.equal(headers.get('x-powered-by'), null, address)
  assert.ok(headers.get('content-type'), address)
  assert.ok(headers.get('cache-control'), `${address} says how long it may be kept`)
}

async function assertOnlyLooks(options: SiteOptions, prefixes: string[]): Promise<void> {
  // what a PDF file is made from is read all the same, a hundred times faster
  const { site, samples, cookie } = await openLivelySite({ ...options, env: { PDF: 'off' } })
  const patterns = [
    ...patternsOf(routes(site.ctx)),
    ...patternsOf(health(site.ctx, async () => [])),
  ]
  assert.ok(patterns.length >= 17, 'the patterns are found')
  const addresses = patterns.flatMap((pattern) => addressesOf(pattern, samples))
  const untouched = await dumpOf(site)
  for (const address of [...addresses, '/nowhere', '/static/site.css']) {
    for (const prefix of address.startsWith('/static') ? [''] : prefixes) {
      for (const method of ['GET', 'HEAD']) {
        const response = await visit(site, prefix + address, method, cookie)
        const isNoPdf = response.status === 501 && address.endsWith('.pdf')
        const told = `${method} ${prefix}${address}: ${response.status}`
        assert.ok(response.status < 500 || isNoPdf, told)
        assertModestHeaders(response, `${method} ${prefix}${address}`)
      }
    }
    assert.equal(await dumpOf(site), untouched, `GET ${address} changes nothing`)
  }
}

test('no GET and no HEAD of any page changes the database or sets a cookie', async () => {
  await assertOnlyLooks({}, ['', ...languages.map(({ code }) => `/${code}`)])
})

test('the same holds where mails stay in the local mailbox', async () => {
  await assertOnlyLooks({ withoutSmtp: true }, [''])
})

test('every page with real samples can be reached: the rule is not kept by errors', async () => {
  const { site, samples, cookie } = await openLivelySite()
  const found = Object.fromEntries(
    Object.entries(samples).map(([key, [first = '']]) => [key, [first]]),
  )
  const patterns = patternsOf(routes(site.ctx)).filter(
    // the mailbox is for demos, and /verify.json wants a hash
    (pattern) =>
      !['/mailbox', '/verify.json'].includes(pattern) &&
      !/^\/desk\/.*:(?:token|draft)/.test(pattern),
  )
  for (const address of patterns.flatMap((pattern) => addressesOf(pattern, found))) {
    assert.equal((await visit(site, address, 'GET', cookie)).status, 200, address)
  }
})
