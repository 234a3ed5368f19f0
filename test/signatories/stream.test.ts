// A list of 21,000 is sent as it is read (product.md §4): the first byte comes early, it is
// read no faster than it is taken, nobody reads on for those who have left, and what changes meanwhile
// does not make it another list. Memory at a million rows: npm run bench:documents.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { after, describe, test } from 'node:test'
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
import { openSite } from '../support/site.ts'
import { writeLongList } from './long-list.ts'

// more than are known by their ids (src/signatories/parts.ts)
const entries = 21_000

async function download(url: string): Promise<IncomingMessage> {
  const [response] = (await once(get(url, { agent: false }), 'response')) as [IncomingMessage]
  assert.equal(response.statusCode, 200)
  return response
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

  describe('is read', async () => {
    const ctx = await openContext(site.config, {
      clock: site.clock,
      log: pino({ level: 'silent' }),
    })
    const queries = countQueries(ctx.db)
    const other = await startSite({ ...ctx, db: queries.db }, { background: false })
    after(() => other.stop())
    const url = other.address + path('csv')
    const start = queries.count
    await text(await download(url))
    const whole = queries.count - start
    assert.ok(whole >= entries / 1000, `${whole} queries for the whole list`)

    test('no further when the reader leaves, and begins early', async () => {
      const before = queries.count
      const response = await download(url)
      await once(response, 'readable')
      const begun = queries.count - before
      assert.ok(begun < whole / 2, `${begun} queries of ${whole} before the first part came`)
      response.destroy()
      // while a whole list is read, the one that was left could be read to its end as well
      await text(await download(url))
      const both = queries.count - before
      assert.ok(both < 1.75 * whole, `${both} queries for a list (${whole}) and a beginning`)
    })

    test('no faster than slow readers take it, so that many of them need no memory', async () => {
      const before = queries.count
      const slow = await Promise.all(Array.from({ length: 12 }, () => download(url)))
      await Promise.all(slow.map((response) => once(response, 'readable')))
      // while whole lists are read, the slow ones could be as well
      for (let n = 0; n < 3; n += 1) await text(await download(url))
      const read = queries.count - before - 3 * whole
      slow.forEach((response) => response.destroy())
      assert.ok(
        read < 0.75 * 12 * whole,
        `${read} queries for 12 slow readers, ${whole} for a list`,
      )
    })
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
