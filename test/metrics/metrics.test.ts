// /metrics tells whoever runs the site how it does, and nobody who signs.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { harbour, jose, somebody } from '../support/people.ts'
import { sign, signAndConfirm, signAndGetLink } from '../support/signing.ts'
import { until } from '../support/until.ts'
import { openSite, testSecret, type TestSite } from '../support/site.ts'

const token = 'a-token-for-the-watcher'
const bearer = { authorization: `Bearer ${token}` }
const read = (site: TestSite, headers: Record<string, string> = {}) =>
  fetch(`${site.address}/metrics`, { headers })

const counted = (route: string, status: number) =>
  `undersigned_http_requests_total{method="GET",route="${route}",status="${status}"}`

/** All samples, by name and labels as they are written. */
async function samplesOf(site: TestSite): Promise<Map<string, number>> {
  const text = await (await read(site)).text()
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const [, name = '', value = ''] = /^(\w+(?:\{.*\})?) (\S+)$/.exec(line) ?? []
      assert.ok(name !== '' && Number.isFinite(Number(value)), line)
      return [name, Number(value)]
    }),
  )
}

describe('/metrics', async () => {
  const site = await openSite()
  const slug = await site.publish()

  test('counts sign-ons, confirmations and mails of all statements together', async () => {
    await signAndConfirm(site, slug, harbour)
    await sign(site, slug, jose)
    const samples = await samplesOf(site)
    assert.equal(samples.get('undersigned_sign_ons_total'), 2)
    assert.equal(samples.get('undersigned_confirmations_total'), 1)
    assert.equal(samples.get('undersigned_mails_total{outcome="sent"}'), 2)
    assert.equal(samples.get('undersigned_mails_total{outcome="temporary"}'), 0)
  })

  test('counts pages that are answered from memory', async () => {
    const name = 'undersigned_kept_pages_total'
    const before = (await samplesOf(site)).get(name) ?? 0
    for (let n = 0; n < 2; n += 1) await fetch(`${site.address}/fr/statements`)
    assert.equal((await samplesOf(site)).get(name), before + 1)
  })

  test('counts and times requests by the pattern of their address and by status', async () => {
    for (const path of [`/statements/${slug}`, '/es/statements/no-such', '/no/such/page']) {
      await fetch(site.address + path)
    }
    // an answer is counted when it has been sent, a moment after it has come
    const samples = await until('all are counted', async () => {
      const now = await samplesOf(site)
      return now.has(counted('other', 404)) && now
    })
    assert.equal(samples.get(counted('/statements/:slug', 200)), 1)
    assert.equal(samples.get(counted('/statements/:slug', 404)), 1)
    assert.equal(samples.get(counted('other', 404)), 1)
    const timed = 'undersigned_http_request_duration_seconds'
    const labels = 'method="GET",route="/statements/:slug"'
    assert.equal(samples.get(`${timed}_count{${labels}}`), 2)
    assert.equal(samples.get(`${timed}_bucket{${labels},le="+Inf"}`), 2)
    assert.ok((samples.get(`${timed}_sum{${labels}}`) ?? 0) > 0)
  })

  test('names no person, no address, no link and no statement', async () => {
    const link = await signAndGetLink(site, slug, somebody())
    await fetch(site.address + link)
    const text = await (await read(site)).text()
    for (const secret of [slug, 'naloxone', link.split('/')[2] ?? '', harbour['name'] ?? '', '@']) {
      assert.ok(!text.includes(secret), secret)
    }
    assert.match(text, /route="\/confirm\/:token"/)
  })

  test('tells how many mails wait, and for how long', async () => {
    const waiting = await openSite()
    await sign(waiting, await waiting.publish(), harbour)
    waiting.clock.advance({ minutes: 5 })
    const due = await samplesOf(waiting)
    assert.equal(due.get('undersigned_outbox_mails{state="due"}'), 1)
    assert.equal(due.get('undersigned_outbox_overdue_seconds'), 300)
    waiting.inbox.answer = 'temporary'
    await waiting.deliverMail()
    const tried = await samplesOf(waiting)
    assert.equal(tried.get('undersigned_outbox_mails{state="due"}'), 0)
    assert.equal(tried.get('undersigned_outbox_overdue_seconds'), 0)
    assert.equal(tried.get('undersigned_outbox_mails{state="retrying"}'), 1)
    assert.equal(tried.get('undersigned_outbox_oldest_seconds{state="retrying"}'), 300)
    assert.equal(tried.get('undersigned_mails_total{outcome="temporary"}'), 1)
  })

  test('tells of the database, the event loop and whoever is watching', async () => {
    const samples = await samplesOf(site)
    assert.equal(samples.get('undersigned_database_up'), 1)
    assert.ok((samples.get('undersigned_database_bytes') ?? 0) > 100_000)
    assert.ok((samples.get('undersigned_event_loop_delay_seconds{quantile="1"}') ?? -1) >= 0)
    assert.equal(samples.get('undersigned_live_listeners'), 0)
    const leaving = new AbortController()
    await fetch(`${site.address}/statements/${slug}/live`, { signal: leaving.signal })
    assert.equal((await samplesOf(site)).get('undersigned_live_listeners'), 1)
    leaving.abort()
    const gone = async () => (await samplesOf(site)).get('undersigned_live_listeners') === 0
    await until('nobody watches any more', gone)
  })

  test('is not there for what came through a proxy', async () => {
    for (const name of ['X-Forwarded-For', 'Forwarded', 'Via', 'X-Real-IP']) {
      assert.equal((await read(site, { [name]: '203.0.113.7' })).status, 404, name)
    }
    assert.equal((await read(site)).status, 200)
  })

  test('asks for METRICS_TOKEN where there is one', async () => {
    const locked = await openSite({ env: { METRICS_TOKEN: token } })
    const refused = await read(locked)
    assert.deepEqual([refused.status, refused.headers.get('www-authenticate')], [401, 'Bearer'])
    assert.equal((await read(locked, { authorization: `Bearer ${token}x` })).status, 401)
    assert.equal((await read(locked, bearer)).status, 200)
    assert.equal((await read(locked, { ...bearer, via: 'a proxy' })).status, 200)
  })

  test('is not there in production without a token', async () => {
    const env = { NODE_ENV: 'production', SECRET_KEY: testSecret }
    const production = await openSite({ env })
    assert.equal((await read(production)).status, 404)
  })

  test('tells of the process while the database is away', async () => {
    const broken = await openSite()
    await broken.ctx.db.schema.dropTable('outbox').execute()
    const samples = await samplesOf(broken)
    assert.equal(samples.get('undersigned_database_up'), 0)
    assert.ok((samples.get('process_resident_memory_bytes') ?? 0) > 0)
  })
})
