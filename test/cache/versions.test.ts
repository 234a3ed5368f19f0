// How often the database is asked whether anything has changed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openVersions } from '../../src/cache/versions.ts'
import { encodingFor, openKeptPages, type Page } from '../../src/cache/kept-pages.ts'
import { countQueries } from '../support/counted-queries.ts'
import { openSite } from '../support/site.ts'

const site = await openSite()

test('nothing is asked while nothing is committed', async () => {
  const commits = { count: 0 }
  let now = 0
  const versions = openVersions(site.ctx.db, site.clock, commits, () => now)
  assert.equal(versions.known(null), null)
  const version = await versions.read(null)
  assert.equal(versions.known(null), version)
  commits.count += 1
  assert.equal(versions.known(null), null)
  await versions.read(null)
  now += 999
  assert.equal(versions.known(null), version)
  now += 1
  assert.equal(versions.known(null), null, 'another process may have committed')
})

test('a flood of commits becomes no flood of questions, and whoever committed waits', async () => {
  const commits = { count: 0 }
  const queries = countQueries(site.ctx.db)
  let now = 0
  const versions = openVersions(queries.db, site.clock, commits, () => now)
  await versions.read(null)
  const each = queries.count
  const told: boolean[] = []
  for (let n = 0; n < 1000; n += 1) {
    now += 0.001
    commits.count += 1
    told.push(versions.seen() === null)
    if (versions.known(null) === null) await versions.read(null)
  }
  assert.deepEqual(
    [told.slice(0, 50), told.slice(51)],
    [Array(50).fill(true), Array(949).fill(false)],
  )
  assert.ok(
    queries.count <= 51 * each,
    `${queries.count} queries for 1000 commits, ${each} for one`,
  )
  now += 20
  assert.equal(versions.seen(), null)
  assert.equal(versions.known(null), null, 'whoever asks now sees all of them')
})

test('nobody waits when nobody looks', () => {
  const commits = { count: 0 }
  const versions = openVersions(site.ctx.db, site.clock, commits, () => 0)
  for (let n = 0; n < 1000; n += 1) {
    commits.count += 1
    assert.equal(versions.seen(), null)
    versions.known(null)
  }
})

test('what was committed while it was read is asked for again', async () => {
  const commits = { count: 0 }
  const versions = openVersions(site.ctx.db, site.clock, commits)
  const reading = versions.read(null)
  commits.count += 1
  await reading
  assert.equal(versions.known(null), null)
})

function pageOf(bytes: number): Page {
  const made = { version: '1', renderedAt: 0, etag: 'W/"1"', type: 'text/html', headers: [] }
  return { ...made, body: Buffer.alloc(bytes), sent: new Map() }
}

test('what is used least is let go when there is too much', () => {
  const pages = openKeptPages(100)
  pages.keep('/a', pageOf(40))
  pages.keep('/b', pageOf(40))
  pages.find('/a')
  pages.keep('/c', pageOf(40))
  assert.equal(pages.find('/b'), undefined)
  assert.ok(pages.find('/a') && pages.find('/c'))
  // the same address anew takes no more room
  pages.keep('/c', pageOf(60))
  assert.ok(pages.find('/a') && pages.find('/c'))
  pages.keep('/d', pageOf(101))
  assert.equal(pages.find('/d'), undefined)
})

test('the encoding is one that is accepted', () => {
  assert.equal(encodingFor(undefined), 'identity')
  assert.equal(encodingFor('gzip, deflate, br, zstd'), 'br')
  assert.equal(encodingFor('GZIP;q=0.8, br;q=0.0'), 'gzip')
  assert.equal(encodingFor('br;q=0, identity'), 'identity')
})
