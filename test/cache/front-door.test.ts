// Pages from memory are the pages that would be rendered now.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { Agent, get, type IncomingMessage } from 'node:http'
import { describe, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { pino } from 'pino'
import { openContext } from '../../src/context.ts'
import { hideNames } from '../../src/endorsements/hide-names.ts'
import { startSite } from '../../src/main.ts'
import { pauseSigning } from '../../src/statements/pause.ts'
import { switchOff, switchOn } from '../../src/switches/switches.ts'
import { signUp } from '../support/crowd.ts'
import { somebody, someOrganisation } from '../support/people.ts'
import { post, signAndConfirm } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'
import { until } from '../support/until.ts'

const site = await openSite()

interface Answer {
  status: number
  headers: IncomingMessage['headers']
  bytes: Buffer
  text: string
}

async function ask(
  path: string,
  headers: Record<string, string> = {},
  address = site.address,
  agent?: Agent,
): Promise<Answer> {
  const request = get(address + path, { headers, agent })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  const bytes = Buffer.concat(await Array.fromAsync(response as AsyncIterable<Buffer>))
  const { statusCode: status = 0 } = response
  return { status, headers: response.headers, bytes, text: bytes.toString() }
}

/** How often the framework was asked for a page. */
const rendered = ({ log }: TestSite) =>
  log.filter((line) => line.includes('"route":"/statements/:slug"')).length

describe('the page of a statement', () => {
  test('is rendered once for all who ask for the same language', async () => {
    const path = `/statements/${await site.publish()}`
    const first = await ask(path)
    const before = rendered(site)
    const again = await ask(path)
    assert.equal(rendered(site), before)
    assert.deepEqual(again.text, first.text)
    assert.notEqual((await ask(`/es${path}`)).text, first.text)
    assert.equal(rendered(site), before + 1)
  })

  test('has from memory all headers that it has from the framework', async () => {
    const path = `/statements/${await site.publish()}`
    const whole = await ask(path, { cookie: 'of=somebody' })
    await ask(path)
    const kept = await ask(path)
    const { headers } = kept
    const { connection: _, 'keep-alive': __, ...ofThePage } = whole.headers
    for (const name of Object.keys(ofThePage)) assert.ok(headers[name], name)
    for (const name of ['content-security-policy', 'referrer-policy', 'content-type', 'etag']) {
      assert.equal(headers[name], whole.headers[name])
    }
    assert.equal(kept.text, whole.text)
  })

  test('is the same for who asks again on a connection, which costs no parsing', async (t) => {
    const path = `/statements/${await site.publish()}`
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    t.after(() => agent.destroy())
    const accepts = { 'accept-encoding': 'br' }
    const first = await ask(path, accepts, site.address, agent)
    // Node's own servers say "keep-alive" of each answer; so do we once a second
    const askUnparsed = (headers: Record<string, string>) =>
      until('an answer of our own', async () => {
        const answer = await ask(path, headers, site.address, agent)
        return answer.headers.connection === undefined && answer
      })
    const again = await askUnparsed(accepts)
    assert.equal(first.headers.connection, 'keep-alive')
    assert.deepEqual(again.bytes, first.bytes)
    assert.match(again.headers.date ?? '', / GMT$/)
    const has = { ...accepts, 'if-none-match': first.headers.etag ?? '' }
    const third = await askUnparsed(has)
    assert.deepEqual([third.status, third.text], [304, ''])
  })

  test('is sent in the encoding that is accepted', async () => {
    const path = `/statements/${await site.publish()}`
    const plain = await ask(path)
    const brotli = await ask(path, { 'accept-encoding': 'gzip, deflate, br' })
    const gzip = await ask(path, { 'accept-encoding': 'br;q=0, gzip;q=0.5' })
    assert.equal(brotli.headers['content-encoding'], 'br')
    assert.equal(brotliDecompressSync(brotli.bytes).toString(), plain.text)
    assert.equal(gzip.headers['content-encoding'], 'gzip')
    assert.equal(gunzipSync(gzip.bytes).toString(), plain.text)
    assert.equal(plain.headers['content-encoding'], undefined)
    assert.equal(plain.headers.vary, 'Accept-Encoding')
  })

  test('is not sent to who has it', async () => {
    const path = `/statements/${await site.publish()}`
    const { headers } = await ask(path)
    const has = { 'if-none-match': `"another", ${headers.etag}` }
    const again = await ask(path, has)
    assert.deepEqual([again.status, again.text], [304, ''])
    assert.equal((await ask(path, { ...has, 'cache-control': 'no-cache' })).status, 200)
  })

  test('may be kept for a few seconds by a cache between, and asked for again by a browser', async () => {
    const { headers } = await ask(`/statements/${await site.publish()}`)
    assert.equal(
      headers['cache-control'],
      'public, max-age=0, s-maxage=5, stale-while-revalidate=5',
    )
  })
})

describe('what changes a page is seen at once', () => {
  test('a confirmation', async () => {
    const slug = await site.publish()
    await ask(`/statements/${slug}`)
    const before = JSON.parse((await ask(`/statements/${slug}/count.json`)).text) as Counted
    await signAndConfirm(site, slug, somebody({ name: 'Ana Torres' }))
    const after = JSON.parse((await ask(`/statements/${slug}/count.json`)).text) as Counted
    assert.equal(after.total, before.total + 1)
    assert.match((await ask(`/statements/${slug}`)).text, /Ana Torres/)
  })

  test('hidden names', async () => {
    const slug = await site.publish('community-monitoring-submission')
    await signAndConfirm(site, slug, someOrganisation({ name: 'Vera Lind' }))
    assert.match((await ask(`/statements/${slug}`)).text, /Vera Lind/)
    await hideNames(site.ctx, slug, 'everyone', 'command line')
    assert.doesNotMatch((await ask(`/statements/${slug}`)).text, /Vera Lind/)
  })

  test('a deadline that passes, and a clock that is set back', async () => {
    const here = await openSite()
    const slug = await here.publish()
    const path = `/statements/${slug}/count.json`
    const status = async () =>
      (JSON.parse((await ask(path, {}, here.address)).text) as Counted).status
    assert.equal(await status(), 'open')
    here.clock.set('2026-12-04T12:00:00.000Z')
    assert.equal(await status(), 'closed')
    here.clock.set('2026-12-04T11:59:59.000Z')
    assert.equal(await status(), 'open')
  })

  test('an embargo that ends, and one that is put on', async () => {
    const here = await openSite()
    const slug = await here.publish('naloxone-within-reach', {
      embargoUntil: { instant: '2026-11-22T00:00:00.000Z', zone: 'UTC' },
    })
    const status = async () => (await ask(`/statements/${slug}`, {}, here.address)).status
    assert.equal(await status(), 404)
    here.clock.set('2026-11-22T00:00:00.000Z')
    assert.equal(await status(), 200)
    here.clock.set('2026-11-21T23:59:59.000Z')
    assert.equal(await status(), 404)
  })

  test('what is switched off, for a statement and for the site', async () => {
    const here = await openSite()
    const slug = await here.publish()
    const page = async () => (await ask(`/statements/${slug}`, {}, here.address)).text
    const open = await page()
    await switchOff(here.ctx, 'writing', 'command line')
    const readOnly = await page()
    assert.notEqual(readOnly, open)
    await switchOn(here.ctx, 'writing', false, 'command line')
    assert.equal(await page(), open)
    await pauseSigning(here.ctx, slug, 'command line')
    assert.notEqual(await page(), open)
  })
})

test('in a flood of confirmations, each that was answered is counted', async () => {
  const here = await openSite()
  const slug = await here.publish('community-monitoring-submission')
  const signed = Array.from({ length: 30 }, (_, n) =>
    signUp(here, slug, someOrganisation({ name: `Group ${n}`, email: `office@group-${n}.test` })),
  )
  const tokens = (await Promise.all(signed)).map(({ token }) => token)
  const count = async () =>
    JSON.parse((await ask(`/statements/${slug}/count.json`, {}, here.address)).text) as Counted
  let answered = 0
  const look = async () => {
    const least = answered
    const { total } = await count()
    assert.ok(total >= least, `${least} were answered, ${total} are counted`)
  }
  const confirmOneByOne = async () => {
    for (let token = tokens.pop(); token !== undefined; token = tokens.pop()) {
      await post(here, `/confirm/${token}`, { decision: 'confirm' })
      answered += 1
      await look()
    }
  }
  const flood = openFlood(here.ctx)
  await until('pages rest', () => here.ctx.versions.seen() !== null)
  await Promise.all(Array.from({ length: 4 }, confirmOneByOne)).finally(flood.stop)
  await flood.done
  assert.equal((await count()).total, 30)
})

/** Commits, and looks, more often than pages are rendered anew. */
function openFlood({ db, versions }: TestSite['ctx']) {
  const over = new AbortController()
  const goOn = async () => {
    while (!over.signal.aborted) {
      await versions.read(null)
      await db.transaction().execute(async () => {})
    }
  }
  return { done: Promise.all(Array.from({ length: 8 }, goOn)), stop: () => over.abort() }
}

interface Counted {
  total: number
  status: string
}

test('what another process changes is seen, too', async () => {
  const slug = await site.publish()
  const path = `/statements/${slug}`
  const log = pino({ level: 'silent' })
  const ctx = await openContext({ ...site.config, port: 0 }, { clock: site.clock, log })
  const other = await startSite(ctx, { background: false })
  try {
    await ask(path, {}, other.address)
    await signAndConfirm(site, slug, somebody({ name: 'Joan Reyes' }))
    await until('the name', async () =>
      (await ask(path, {}, other.address)).text.includes('Joan Reyes'),
    )
  } finally {
    await other.stop()
  }
})

test('what failed is told with its status to everybody, and is not kept', async () => {
  const own = await openSite()
  const path = `/statements/${await own.publish()}`
  const pages = ['/', '/statements', path, `${path}/count.json`, `${path}/signatories`]
  // many at once get the answer of one
  const statuses = async (page: string) => {
    const answers = await Promise.all([1, 2, 3].map(() => ask(page, {}, own.address)))
    return answers.map(({ status }) => status)
  }
  const { schema } = own.ctx.db
  await schema.alterTable('statement_topics').renameTo('away').execute()
  for (const page of pages) assert.deepEqual(await statuses(page), [500, 500, 500], page)
  await schema.alterTable('away').renameTo('statement_topics').execute()
  for (const page of pages) assert.deepEqual(await statuses(page), [200, 200, 200], page)
})

test('an address that is written in another way is not kept, and answered all the same', async () => {
  const path = `/statements/${await site.publish()}`
  const kept = await ask(path)
  for (const other of [`${path}?x=1`, `${path}/`, path.replace('naloxone', '%6Ealoxone')]) {
    const { status, headers } = await ask(other)
    assert.deepEqual([status, headers['cache-control']], [200, 'public, no-cache'], other)
  }
  assert.equal(kept.status, 200)
})
