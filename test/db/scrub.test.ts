// What is withdrawn, erased or hidden leaves the files (product.md P-3, P-7), not only the tables.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { erase, withdraw } from '../../src/endorsements/manage.ts'
import { findEndorsement } from '../../src/endorsements/endorsement-store.ts'
import { openDatabase } from '../../src/db/open.ts'
import { rewrite } from '../../src/db/scrub.ts'
import { rowsByTable } from '../support/dump.ts'
import { insertMany, nameOf } from '../support/many.ts'
import { somebody } from '../support/people.ts'
import { post, signAndConfirm } from '../support/signing.ts'
import { openSite, type TestSite } from '../support/site.ts'

/** The bytes of every file of SQLite; all rows of PostgreSQL, which has no such file to itself. */
async function stored(site: TestSite): Promise<string> {
  const { folder } = site.database
  if (folder === null) return JSON.stringify(await rowsByTable(site))
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'latin1'))
    .join('\n')
}

function logBytes({ database: { folder } }: TestSite): number {
  return folder === null ? 0 : statSync(join(folder, 'undersigned.db-wal')).size
}

const left = 60

/** Some withdraw, some erase, in an order that makes the pages of the file move their rows. */
async function openCampaign() {
  const site = await openSite()
  const slug = await site.publish()
  await insertMany(site.ctx, slug, 400)
  const numbers = Array.from({ length: left }, (_unused, n) => ((n * 7919) % 399) + 1)
  for (const n of numbers) {
    const own = await findEndorsement(site.ctx.db, site.ctx.vault, `many-${n}`)
    assert.ok(own)
    await (n % 2 ? withdraw : erase)(site.ctx, own)
  }
  const names = numbers.filter((n) => n % 10 !== 2).map(nameOf)
  return { site, names }
}

/** A name is followed by something else than a digit, or it would be found in a longer one. */
const found = (text: string, names: string[]) => {
  const all = new Set(text.match(/(?:Person|Alliance) Quillfeather \d+(?!\d)/g))
  return names.filter((name) => all.has(name))
}

test('who withdraws or erases leaves the log at once, and the file within the hour', async () => {
  const { site, names } = await openCampaign()
  assert.equal(logBytes(site), 0)
  site.clock.advance({ hours: 1 })
  await site.tidy()
  assert.deepEqual(found(await stored(site), names), [])
  assert.equal(logBytes(site), 0)
})

/** SQLite counts how often its schema was written, and so its file was written anew. */
async function writtenAnew({ ctx: { db }, database }: TestSite): Promise<number> {
  if (database.folder === null) return 0
  const { rows } = await sql<{ schema_version: number }>`pragma schema_version`.execute(db)
  return rows[0]?.schema_version ?? NaN
}

test('every hour the file is written anew, if anything has changed', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const afterAnHour = async () => {
    const before = await writtenAnew(site)
    site.clock.advance({ hours: 1 })
    await site.tidy()
    return (await writtenAnew(site)) - before
  }
  const once = site.database.folder === null ? 0 : 1
  await signAndConfirm(site, slug, somebody())
  assert.equal(await afterAnHour(), once)
  assert.equal(await afterAnHour(), 0)
  await signAndConfirm(site, slug, somebody())
  assert.equal(await afterAnHour(), once)
})

/** Comes and goes in an order that leaves copies of deleted rows in gaps of pages. */
async function comeAndGo({ ctx: { db } }: TestSite): Promise<Set<string>> {
  let state = 7
  const roll = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const here: { name: string; value: string }[] = []
  const gone = new Set<string>()
  await sql`create index by_value on installation (value, name)`.execute(db)
  await db.transaction().execute(async (tx) => {
    for (let n = 0; n < 8000; n += 1) {
      const row = { name: `${roll(1e9)}-${n}`, value: `Quagga ${n};${'x'.repeat(roll(200))}` }
      here.push(row)
      await tx.insertInto('installation').values(row).execute()
      const leaving = roll(10) < 4 ? here.splice(roll(here.length), 1)[0] : undefined
      if (!leaving) continue
      await tx.deleteFrom('installation').where('name', '=', leaving.name).execute()
      gone.add(/^Quagga \d+;/.exec(leaving.value)?.[0] ?? '')
    }
  })
  return gone
}

test('a file written anew has nothing that was deleted, not even in the gaps of its pages', async () => {
  const site = await openSite()
  const gone = await comeAndGo(site)
  await rewrite(site.ctx.db, site.config.database.kind)
  const all = (await stored(site)).match(/Quagga \d+;/g) ?? []
  assert.ok(all.length > 4000)
  assert.deepEqual(
    all.filter((trace) => gone.has(trace)),
    [],
  )
})

test('it waits for nobody who is writing', async () => {
  const { site } = await openCampaign()
  const { kind } = site.config.database
  let isDone: boolean | null = null
  await site.ctx.db.transaction().execute(async () => {
    const other = await openDatabase(site.config.database)
    isDone = await rewrite(other, kind)
    await other.destroy()
  })
  assert.equal(isDone, kind === 'postgres')
  assert.equal(await rewrite(site.ctx.db, kind), true)
})

test('whoever reads is served meanwhile, and whoever writes afterwards', async () => {
  const site = await openSite()
  const slug = await site.publish()
  if (site.config.database.kind === 'postgres') return
  const done: string[] = []
  const note = (what: string) => () => void done.push(what)
  const { db } = site.ctx
  const rewriting = rewrite(db, 'sqlite').then(note('written anew'))
  await setImmediate()
  await db.selectFrom('statements').select('id').execute().then(note('read'))
  await Promise.all([rewriting, signAndConfirm(site, slug, somebody()).then(note('signed'))])
  assert.deepEqual(done, ['read', 'written anew', 'signed'])
})

test('hiding on the private page takes the name out of the log of the database', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const answers = somebody({ name: 'Zebulon Quagga' })
  const own = await signAndConfirm(site, slug, answers)
  await post(site, own, { ...answers, visibility: 'withheld', decision: 'save' })
  assert.equal(logBytes(site), 0)
})
