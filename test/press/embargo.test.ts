// Nothing of a statement is public before its embargo ends, and all of it at that instant, without
// anything having to run. The addresses are read from the router.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { insertDelivery } from '../../src/deliveries/delivery-store.ts'
import { attachFile } from '../../src/deliveries/files.ts'
import { makeEdition } from '../../src/editions/make-edition.ts'
import { routes } from '../../src/routes.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import type { Statement } from '../../src/statements/stored-statement.ts'
import { addressesOf, patternsOf } from '../support/addresses.ts'
import { signIn } from '../support/desk.ts'
import { inviteSomebody } from '../support/invitations.ts'
import { listen } from '../support/live-listener.ts'
import { harbour } from '../support/people.ts'
import { openSite, type TestSite } from '../support/site.ts'
import { until } from '../support/until.ts'

const beginning = '2026-11-21T12:00:00.000Z'
const embargoUntil = { instant: '2026-11-22T09:00:00.000Z', zone: 'Africa/Nairobi' }
const secret = 'naloxone-within-reach'
const unknown = 'another-within-reach'
const title = 'Naloxone within reach'

async function statementOf({ ctx }: TestSite, slug: string): Promise<Statement> {
  const statement = await findStatement(ctx.db, slug)
  assert.ok(statement)
  return statement
}

async function attachedId({ ctx }: TestSite, statement: Statement): Promise<string> {
  const said = { happenedOn: '2026', who: 'The minister', how: '', note: '', link: '' }
  const entry = { id: 'entry', kind: 'answered', language: 'en', revision: 1, ...said } as const
  await insertDelivery(ctx.db, statement.id, entry, ctx.clock.now().toISOString())
  const file = { name: 'answer.html', type: 'text/html', bytes: Buffer.from('<p>No.</p>') }
  await attachFile(ctx, statement, { deliveryId: entry.id, file, actor: 'test' })
  const { id } = await ctx.db.selectFrom('delivery_files').select('id').executeTakeFirstOrThrow()
  return id
}

describe('a statement under embargo', async () => {
  const site = await openSite({ now: beginning, env: { LIMITS: 'off' } })
  await site.publish(secret, { embargoUntil })
  const other = await site.publish('community-monitoring-submission')
  const statement = await statementOf(site, secret)
  const samples = {
    '/statements/:file': [await attachedId(site, statement)],
    '/statements/:edition': ['1'],
    '/statements/:sums': ['SHA256SUMS'],
    '/statements/:picture': ['map.svg'],
    '/statements/:number': ['1'],
  }
  const invitation = await inviteSomebody(site, secret)
  const link = `/statements/${secret}/invitation/${invitation.link}`

  const get = async (path: string, method = 'GET') => {
    const response = await fetch(site.address + path, { method, redirect: 'manual' })
    const { status, headers } = response
    return { status, headers, text: await response.text() }
  }
  const patterns = patternsOf(routes(site.ctx)).filter((pattern) => !/:token/.test(pattern))
  const publicOf = (slug: string) =>
    [...patterns, '/statements/:slug/editions/1.csv']
      .filter((pattern) => pattern.startsWith('/statements/:slug'))
      .flatMap((pattern) => addressesOf(pattern, { ...samples, '/statements/:slug': [slug] }))

  /** As it was before, whatever the tests before have done. */
  const before = (run: () => Promise<void>) => async () => {
    site.clock.set(beginning)
    await run()
  }

  const admin = await signIn(site, 'admin')
  const deskPath = `/desk/statements/${secret}/press`
  const endLinks = async () => {
    await admin.browser.open(deskPath)
    const links = admin.browser.$('button[name=end]').length
    for (let n = 0; n < links; n += 1) await admin.browser.press(/End this link/)
  }
  const newLink = async () => {
    await endLinks()
    await admin.browser.press(/Make a private link/)
    return new URL(admin.browser.text('bdi.address')).pathname.replace(/\/press$/, '')
  }

  test(
    'can be read and signed by who was invited, who are told',
    before(async () => {
      const visitor = await site.visitor().open(link)
      assert.equal(visitor.status, 200)
      assert.match(visitor.text('.site-notice'), /embargo until Sunday 22 November 2026 at 12:00/)
      assert.match(visitor.text('.letter'), /publish your answers/)
      await visitor.tick('authorised', 'consent').press(/Endorse now|Endorse/)
      assert.match(visitor.text('h1'), /endorsed|Thank/i)
      await site.deliverMail()
      const { text } = await site.inbox.waitFor('office@coastal.example')
      assert.match(text, /Not for publication before/)
      await makeEdition(site.ctx, statement.id, { reason: 'on-demand', actor: 'test' })
    }),
  )

  test(
    'answers at every address as one that does not exist',
    before(async () => {
      const known = publicOf(secret)
      const unheard = publicOf(unknown)
      assert.ok(known.length > 20)
      for (const [n, path] of known.entries()) {
        for (const prefix of ['', '/ar']) {
          const silent = await get(prefix + path)
          const nothing = await get(prefix + (unheard[n] ?? ''))
          assert.equal(silent.status, 404, prefix + path)
          assert.equal(silent.text, nothing.text.replaceAll(unknown, secret), prefix + path)
        }
      }
      const guessed = await get(`/statements/${secret}/invitation/guessed`)
      const nowhere = await get(`/statements/${unknown}/invitation/guessed`)
      assert.equal(guessed.text, nowhere.text.replaceAll(unknown, secret))
      const form = { method: 'POST', body: new URLSearchParams(harbour) }
      const sent = await fetch(`${site.address}/statements/${secret}/endorse`, form)
      assert.equal(sent.status, 404)
    }),
  )

  test(
    'is on no other page, and none of its files is recognised',
    before(async () => {
      for (const path of patterns.filter((pattern) => !/:|^\/(?:desk|mailbox)/.test(pattern))) {
        const { text } = await get(path)
        assert.ok(!text.includes(secret) && !text.includes(title), path)
      }
      const [file] = await site.ctx.db.selectFrom('edition_files').select('sha256').execute()
      const asked = `/verify.json?sha256=${file?.sha256}&name=${secret}-edition-1.en.csv`
      assert.deepEqual(JSON.parse((await get(asked)).text), { outcome: 'unknown' })
    }),
  )

  test(
    'is read whole by a link for journalists, and by no other way from there',
    before(async () => {
      const base = await newLink()
      const reader = await site.visitor().open(`${base}/press`)
      assert.match(reader.text('.site-notice'), /Not for publication before/)
      assert.equal(reader.headers.get('cache-control'), 'no-store')
      assert.equal(reader.headers.get('referrer-policy'), 'no-referrer')
      assert.match(reader.headers.get('x-robots-tag') ?? '', /noindex/)
      const hrefs = reader.$('a').map((_, a) => reader.$(a).attr('href') ?? '')
      const within = [...new Set(hrefs.toArray())].filter((href) => href.includes(base))
      assert.ok(within.length > 12, within.join(' '))
      assert.ok(!hrefs.toArray().some((href) => href.startsWith(`/statements/${secret}`)))
      for (const href of within) {
        const found = await get(href, 'HEAD')
        assert.equal(found.status, 200, href)
        assert.equal(found.headers.get('cache-control'), 'no-store', href)
      }
      const file = await get(`${base}/signatories.csv`)
      assert.match(file.headers.get('content-disposition') ?? '', /EMBARGOED-/)
      assert.match(file.text, /Coastal Peer Network/)
      const told = reader.$('textarea').text()
      assert.ok(told.includes(`/statements/${secret}`) && !told.includes(base), 'cites for good')
      assert.doesNotMatch((await get(`${base}/signatories`)).text, /\/report/)
      const signing = ['endorse', 'live', 'check-your-inbox', `invitation/${invitation.link}`]
      for (const page of [...signing, 'report', 'signatories/1/report']) {
        assert.equal((await get(`${base}/${page}`)).status, 404, page)
      }
    }),
  )

  test(
    'is no longer read by a link that was ended',
    before(async () => {
      const base = await newLink()
      assert.equal((await get(base)).status, 200)
      await endLinks()
      assert.equal((await get(base)).status, 404)
      assert.equal((await get(`${base}/signatories.csv`)).status, 404)
    }),
  )

  test(
    'is public at the instant, everywhere, and links lead to it',
    before(async () => {
      const base = await newLink()
      site.clock.set('2026-11-22T08:59:59.999Z')
      assert.equal((await get(`/statements/${secret}`)).status, 404)
      site.clock.set(embargoUntil.instant)
      for (const path of publicOf(secret)) assert.equal((await get(path, 'HEAD')).status, 200, path)
      assert.ok((await get('/')).text.includes(title))
      assert.ok((await get('/statements')).text.includes(title))
      const moved = await get(`/es${base}/signatories?q=a`)
      const wanted = `/es/statements/${secret}/signatories?q=a`
      assert.deepEqual([moved.status, moved.headers.get('location')], [302, wanted])
    }),
  )

  test(
    'is set at the desk; whoever is watching by then is let go',
    before(async () => {
      const listener = await listen(`${site.address}/statements/${other}/live`)
      await listener.heard(1)
      const { browser } = admin
      await browser.open(`/desk/statements/${other}/settings`)
      const time = {
        embargo_date: '2026-12-03',
        embargo_time: '12:00',
        embargo_zone: 'Europe/Rome',
      }
      await browser.fill(time).press(/Save/)
      assert.equal(browser.status, 200, browser.text('.faults'))
      const set = await statementOf(site, other)
      const instant = '2026-12-03T11:00:00.000Z'
      assert.deepEqual(set.embargoUntil, { instant, zone: 'Europe/Rome' })
      assert.match(browser.text('.site-notice'), /embargo until Thursday 3 December/)
      site.clock.advance({ minutes: 2 })
      await site.ctx.liveCounts.tick()
      await until('the end of the stream', () => listener.hasEnded)
      assert.equal((await get(`/statements/${other}`)).status, 404)
    }),
  )
})
