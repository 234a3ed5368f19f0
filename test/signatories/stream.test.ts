// A list of 21,000 is sent as it is read (product.md §4): the first byte comes early, memory stays
// constant however slow the readers are, nobody reads on for those who have left, and what changes
// meanwhile does not make it another list.
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { after, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { parse } from 'csv-parse/sync'
import pino from 'pino'
import { openContext } from '../../src/context.ts'
import { startSite } from '../../src/main.ts'
import { filtersFrom, noFilters, openList } from '../../src/signatories/list.ts'
import { findStatement } from '../../src/statements/find-statement.ts'
import { collationOf } from '../../src/text/collation.ts'
import { countQueries } from '../support/counted-queries.ts'
import { signUpAndConfirm } from '../support/crowd.ts'
import { somebody } from '../support/people.ts'
import { post } from '../support/signing.ts'
import { openSite, testSecret } from '../support/site.ts'
import { until } from '../support/until.ts'
import { writeLongList } from './long-list.ts'

// more than are known by their ids (src/signatories/parts.ts)
const entries = 21_000
const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url))
const run = promisify(execFile)

async function download(url: string): Promise<IncomingMessage> {
  const [response] = (await once(get(url, { agent: false }), 'response')) as [IncomingMessage]
  assert.equal(response.statusCode, 200)
  return response
}

/** The web application in a process of its own, with little room for objects. */
async function serve(databaseUrl: string) {
  const child = spawn(process.execPath, ['--max-old-space-size=96', cli, 'serve'], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: databaseUrl,
      SECRET_KEY: testSecret,
      PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  after(async () => {
    child.kill('SIGKILL')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  })
  let printed = ''
  child.stdout.on('data', (piece: Buffer) => (printed += piece.toString()))
  const address = await until('it is ready', () => /http:\/\/\S+:\d+/.exec(printed)?.[0], {
    within: 20_000,
  })
  return { address, pid: child.pid ?? 0 }
}

/** Resident memory in megabytes. */
async function memoryOf(pid: number): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)])
  return Number(stdout) / 1024
}

describe('a list of 21,000', async () => {
  const site = await openSite()
  const slug = await site.publish()
  await writeLongList(site.ctx, slug, entries)
  const path = (format: string) => `/statements/${slug}/signatories.${format}`

  test('is complete in both formats', async () => {
    const csv = parse(await text(await download(site.address + path('csv'))), {
      bom: true,
      columns: true,
    })
    assert.equal(csv.length, entries)
    const json = JSON.parse(await text(await download(site.address + path('json')))) as {
      signatories: { name: string }[]
    }
    assert.equal(json.signatories.length, entries)
    assert.equal(new Set(json.signatories.map(({ name }) => name)).size, entries)
  })

  test('needs no more memory for many slow readers', async () => {
    const { address, pid } = await serve(site.database.url)
    for (const format of ['csv', 'json']) (await download(address + path(format))).resume()
    await text(await download(address + path('csv')))
    const before = await memoryOf(pid)
    const slow = await Promise.all(
      Array.from({ length: 24 }, (_, n) => download(address + path(n % 2 === 0 ? 'csv' : 'json'))),
    )
    await Promise.all(slow.map((response) => once(response, 'readable')))
    for (const format of ['csv', 'json']) await text(await download(address + path(format)))
    const grown = (await memoryOf(pid)) - before
    slow.forEach((response) => response.destroy())
    // 24 lists are more than 400 MB; what Node and the system keep for themselves comes and goes
    assert.ok(grown < 200, `${grown} MB more`)
  })

  test('lets others have their turn while it is read as fast as can be', async () => {
    const statement = await findStatement(site.ctx.db, slug)
    assert.ok(statement)
    const list = await openList(site.ctx.db, statement, 'en', filtersFrom(noFilters))
    let turns = 0
    const timer = setInterval(() => (turns += 1))
    const parts = await Array.fromAsync(list.rows)
    clearInterval(timer)
    assert.equal(parts.flat().length, entries)
    assert.ok(turns > 1, `${turns} turns`)
  })

  test('begins early, and is read no further when the reader leaves', async (t) => {
    const ctx = await openContext(site.config, {
      clock: site.clock,
      log: pino({ level: 'silent' }),
    })
    const queries = countQueries(ctx.db)
    const other = await startSite({ ...ctx, db: queries.db }, { background: false })
    t.after(() => other.stop())
    const url = other.address + path('csv')
    const before = queries.count
    await text(await download(url))
    const whole = queries.count - before
    assert.ok(whole >= entries / 1000, `${whole} queries for the whole list`)

    const start = queries.count
    const response = await download(url)
    await once(response, 'readable')
    const begun = queries.count - start
    assert.ok(begun < whole / 2, `${begun} queries of ${whole} before the first part came`)
    response.destroy()
    // while a whole list is read, the one that was left could be read to its end as well
    await text(await download(url))
    const both = queries.count - start
    assert.ok(both < 1.75 * whole, `${both} queries for a list (${whole}) and a beginning`)
  })

  test('is that of the instant of its counts, however late the rest is read', async () => {
    await site.ctx.db.updateTable('statements').set({ last_number: entries }).execute()
    const [leaves, renamed] = [await come('Zelda Leaves'), await come('Zita Renamed')]
    await come('Zoran Stays')
    // into the middle; under another name it goes back behind all others
    for (const { name } of [leaves, renamed]) await moveTo(name, '100010000+')
    const statement = await findStatement(site.ctx.db, slug)
    assert.ok(statement)
    const { counts, rows } = await openList(site.ctx.db, statement, 'en', filtersFrom(noFilters))
    assert.equal(counts.individuals, 3, 'the long list has no counts')

    await come('Zz Newcomer')
    await post(site, leaves.link, { decision: 'withdraw' })
    const page = await site.visitor().open(renamed.link)
    await page.fill({ name: 'Zz Renamed' }).press('decision=save')
    const read: { number: number; name: string }[] = []
    for await (const part of rows) read.push(...part)

    assert.equal(read.length, entries + 2)
    assert.equal(new Set(read.map(({ number }) => number)).size, entries + 2, 'nobody twice')
    assert.equal(
      read.findIndex(({ name }) => name === 'Zz Renamed'),
      10_000,
    )
    assert.equal(read.at(-1)?.name, 'Zoran Stays')
    assert.ok(!read.some(({ name }) => /Leaves|Newcomer/.test(name)))
  })

  async function come(name: string) {
    const token = await signUpAndConfirm(site, slug, somebody({ name }))
    return { name, link: `/endorsement/${token}` }
  }

  async function moveTo(name: string, sort_key: string) {
    const { db } = site.ctx
    const row = db.selectFrom('signatories').select('endorsement_id').where('name', '=', name)
    await db
      .updateTable('signatory_order')
      .set({ sort_key })
      .where('collation', '=', collationOf('en'))
      .where('endorsement_id', '=', row)
      .execute()
  }
})
