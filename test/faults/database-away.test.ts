// A database that is full, busy or gone: the site says so, loses nothing, and goes on by itself.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { isAway } from '../../src/db/is-away.ts'
import { openDatabase } from '../../src/db/open.ts'
import { isPostgres } from '../support/databases.ts'
import { somebody } from '../support/people.ts'
import { nameOfDatabase } from '../support/postgres.ts'
import { openSite, type TestSite } from '../support/site.ts'

const html = { Accept: 'text/html' }

function send(site: TestSite, slug: string, answers = somebody()): Promise<Response> {
  return fetch(`${site.address}/statements/${slug}/endorse`, {
    method: 'POST',
    body: new URLSearchParams({ ...answers, checked: 'yes' }),
    headers: html,
    redirect: 'manual',
  })
}

async function signed({ ctx }: TestSite): Promise<number> {
  const rows = await ctx.db.selectFrom('endorsements').select('id').execute()
  return rows.length
}

/** Somebody who signs is asked to come back; nothing was recorded. */
async function isToldToWait(site: TestSite, slug: string): Promise<void> {
  const answers = somebody()
  const refused = await send(site, slug, answers)
  assert.equal(refused.status, 503)
  assert.match(refused.headers.get('retry-after') ?? '', /^\d+$/)
  assert.equal(refused.headers.get('cache-control'), 'no-store')
  // what was typed is sent again with one button
  assert.ok((await refused.text()).includes(`value="${answers['email']}"`))
}

async function worksAgain(site: TestSite, slug: string): Promise<void> {
  const before = await signed(site)
  assert.equal((await send(site, slug)).status, 303)
  assert.equal(await signed(site), before + 1)
}

async function sqlite(): Promise<void> {
  const site = await openSite()
  const slug = await site.publish()
  await send(site, slug)

  test('SQLite that is full takes nothing, is still read, and goes on when there is room', async () => {
    const { db } = site.ctx
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db)
    await sql`pragma max_page_count = ${sql.lit(rows[0]?.page_count ?? 0)}`.execute(db)
    // what is left in the last pages is soon used up
    while ((await send(site, slug)).status === 303);
    const before = await signed(site)
    await isToldToWait(site, slug)
    assert.equal(await signed(site), before)
    for (const path of [`/statements/${slug}`, '/privacy', `/statements/${slug}/endorse`]) {
      assert.equal((await fetch(site.address + path, { headers: html })).status, 200, path)
    }
    await sql`pragma max_page_count = 1000000`.execute(db)
    await worksAgain(site, slug)
  })

  test('SQLite that another process keeps locked', async () => {
    const other = await openDatabase(site.config.database)
    const { promise: isEnough, resolve: letGo } = Promise.withResolvers<void>()
    const holding = other.transaction().execute(async (tx) => {
      await tx.deleteFrom('outbox').where('id', '=', '').execute()
      await sql`pragma busy_timeout = 0`.execute(site.ctx.db)
      await isEnough
    })
    await isToldToWait(site, slug)
    letGo()
    await holding
    await other.destroy()
    await worksAgain(site, slug)
  })
}

async function postgres(): Promise<void> {
  const site = await openSite()
  const slug = await site.publish()
  await send(site, slug)
  const name = nameOfDatabase(site.database.url)

  async function asAdmin(...statements: string[]): Promise<void> {
    const url = site.database.url.replace(name, 'postgres')
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    for (const statement of statements) await client.query(statement)
    await client.end()
  }
  const cut = `select pg_terminate_backend(pid, 60000) from pg_stat_activity where datname = '${name}'`

  test('PostgreSQL that takes no connections', async () => {
    await asAdmin(`alter database ${name} allow_connections false`, cut)
    await isToldToWait(site, slug)
    await asAdmin(`alter database ${name} allow_connections true`)
    await worksAgain(site, slug)
  })

  test('PostgreSQL that cuts the line in the middle of a transaction ends that one, not the process', async () => {
    const { promise: isOpen, resolve: opened } = Promise.withResolvers<void>()
    const { promise: isCut, resolve: goOn } = Promise.withResolvers<void>()
    const transaction = site.ctx.db.transaction().execute(async (tx) => {
      await sql`select 1`.execute(tx)
      opened()
      await isCut
      await sql`select 1`.execute(tx)
    })
    await isOpen
    const ended = assert.rejects(transaction, isAway)
    await asAdmin(cut)
    goOn()
    await ended
    await worksAgain(site, slug)
  })
}

await (isPostgres ? postgres() : sqlite())

const coded = (code: string) => Object.assign(new Error('x'), { code })

test('a database that is away, full or busy is told from a bug', () => {
  for (const code of ['SQLITE_FULL', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_IOERR_WRITE', 'ENOSPC']) {
    assert.ok(isAway(coded(code)), code)
  }
  for (const code of ['53100', '57P01', '08006', '40P01', 'ECONNREFUSED', 'ECONNRESET']) {
    assert.ok(isAway(coded(code)), code)
  }
  assert.ok(isAway(new Error('Connection terminated unexpectedly')))
  for (const code of ['SQLITE_ERROR', 'SQLITE_CORRUPT', '42P01', '23505', 'ENOENT']) {
    assert.ok(!isAway(coded(code)), code)
  }
})
