// More at once than can wait: whoever comes on top is asked to come back, and loses nothing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { isPostgres } from '../support/databases.ts'
import { somebody } from '../support/people.ts'
import { counts, post, sign, signAndGetLink } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'
import { until } from '../support/until.ts'

const mostWaiting = 400
const onTop = 20

/** Until it is let go, whoever writes waits. */
async function holdDatabase({ ctx }: TestSite): Promise<() => Promise<void>> {
  const held = Promise.withResolvers<void>()
  const letGo = Promise.withResolvers<void>()
  const holding = ctx.db.transaction().execute(async (tx) => {
    if (isPostgres) await sql`lock table statements, endorsements, outbox`.execute(tx)
    held.resolve()
    await letGo.promise
  })
  await held.promise
  return () => {
    letGo.resolve()
    return holding
  }
}

function crowd(site: TestSite, slug: string, signing: number) {
  const answered: number[] = []
  const requests = Array.from({ length: signing }, async () => {
    const response = await sign(site, slug, somebody())
    await response.text()
    answered.push(response.status)
  })
  return { answered, all: Promise.all(requests) }
}

/** Live counts, which are open for hours, take nobody's place. */
async function watch(site: TestSite, slug: string, times: number) {
  const leaving = new AbortController()
  const path = `${site.address}/statements/${slug}/live`
  const open = () => fetch(path, { signal: leaving.signal })
  await Promise.all(Array.from({ length: times }, open))
  return { leave: () => leaving.abort() }
}

const timesOf = (statuses: number[], status: number) =>
  statuses.filter((each) => each === status).length

test('a full site refuses more, keeps what was typed, and loses nothing it took', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const watching = await watch(site, slug, 30)
  const link = await signAndGetLink(site, slug, somebody())
  const visitor = await site.visitor().open(`/es/statements/${slug}/endorse?as=individual`)
  visitor.fill({ name: 'José "Ñandú" <b>', country: 'AR', email: 'jose@members.example' })
  const letGo = await holdDatabase(site)
  const { answered, all } = crowd(site, slug, mostWaiting + onTop)
  await until('the site is full', () => answered.length >= onTop)
  assert.equal(timesOf(answered, 503), answered.length)

  const [reader] = await Promise.all([site.visitor().open('/privacy?because'), visitor.press()])
  assert.equal(visitor.status, 503)
  assert.equal(visitor.headers.get('retry-after'), '10')
  assert.equal(visitor.headers.get('cache-control'), 'no-store')
  assert.match(visitor.text('main'), /^503 Espere un momento .* No se ha perdido nada/)
  assert.equal(visitor.$('input[name=name]').attr('value'), 'José "Ñandú" <b>')
  assert.equal(reader.status, 503)
  assert.match(reader.text('main'), /Try again/)
  const confirming = post(site, link, { decision: 'confirm' })
  assert.equal((await fetch(`${site.address}/healthz`)).status, 200)

  await letGo()
  assert.equal((await confirming).status, 303)
  await all
  assert.equal(timesOf(answered, 503), onTop)
  assert.equal(timesOf(answered, 303), mostWaiting)
  const { n } = await site.ctx.db
    .selectFrom('endorsements')
    .select((eb) => eb.fn.countAll<number | string>().as('n'))
    .where('state', '=', 'pending')
    .executeTakeFirstOrThrow()
  assert.equal(Number(n), mostWaiting)
  assert.equal((await counts(site, slug))['total'], 1)
  assert.equal((await reader.follow('Try again')).status, 200)
  await visitor.press()
  assert.deepEqual([visitor.status, visitor.title.slice(0, 7)], [422, 'Error: '])
  assert.equal(visitor.$('#name').attr('value'), 'José "Ñandú" <b>')
  watching.leave()
})

test('whoever reads is answered while many forms wait for the database', async () => {
  const site = await openSite({ env: { LIMITS: 'off' } })
  const slug = await site.publish()
  const held = Promise.withResolvers<void>()
  const letGo = Promise.withResolvers<void>()
  const holding = site.ctx.db.transaction().execute(async (tx) => {
    if (isPostgres) await sql`lock table endorsements in exclusive mode`.execute(tx)
    held.resolve()
    await letGo.promise
  })
  await held.promise
  const { answered, all } = crowd(site, slug, 40)
  if (isPostgres) await until('some wait', async () => (await waitingForLocks(site)) >= 5)
  for (const path of ['', '/count.json', '/signatories']) {
    const read = await fetch(`${site.address}/statements/${slug}${path}`)
    assert.equal(read.status, 200)
    await read.text()
  }
  assert.deepEqual(answered, [])
  letGo.resolve()
  await Promise.all([holding, all])
  assert.equal(timesOf(answered, 303), 40)
})

async function waitingForLocks({ ctx }: TestSite): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'
  `.execute(ctx.db)
  return rows[0]?.n ?? 0
}
