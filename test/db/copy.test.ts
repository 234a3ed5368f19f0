import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { readConfig } from '../../src/config.ts'
import { copyDatabase, type CopyProgress, CopyRefused } from '../../src/db/copy.ts'
import { HalfCopied } from '../../src/db/copy-mark.ts'
import { migrate, pendingMigrations } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import { dropNameIndex } from '../../src/db/name-index-tables.ts'
import { planTables } from '../../src/db/table-plan.ts'
import { indexNames } from '../../src/signatories/index-names.ts'
import { indexedUpTo } from '../../src/signatories/name-index-store.ts'
import { freshDatabase } from '../support/databases.ts'
import { contentOf } from '../support/dump.ts'
import { harbour, jose, leyla } from '../support/people.ts'
import { signAndConfirm } from '../support/signing.ts'
import { openSite } from '../support/site.ts'

const site = await openSite({ env: { LIMITS: 'off' } })
const slug = await site.publish()
for (const person of [harbour, jose, leyla]) await signAndConfirm(site, slug, person)
const from = { db: site.ctx.db, kind: site.config.database.kind }
const silent = () => undefined

function stopAfter(wanted: string): CopyProgress {
  return (_doing, table) => {
    if (table === wanted) throw new Error('the power goes out')
  }
}

async function emptyTarget() {
  const database = await freshDatabase()
  const settings = readConfig({ DATABASE_URL: database.url }).database
  const db = await openDatabase(settings)
  after(async () => {
    await db.destroy()
    await database.drop()
  })
  return { db, kind: settings.kind }
}

test('every table has a key, and comes after those it points to', async () => {
  const tables = await planTables(from.db, from.kind)
  assert.ok(tables.length > 50)
  assert.deepEqual(
    tables.filter(({ key }) => key.length === 0).map(({ name }) => name),
    [],
  )
  const place = (name: string) => tables.findIndex((table) => table.name === name)
  assert.ok(place('statements') < place('endorsements'))
  assert.ok(place('endorsements') < place('signatories'))
  assert.ok(place('signatories') < place('signatory_order'))
})

test('an interrupted copy is told from a whole one, and goes on where it was', async () => {
  const to = await emptyTarget()
  const interrupted = copyDatabase(from, to, { force: false, progress: stopAfter('endorsements') })
  await assert.rejects(interrupted, /the power goes out/)
  await assert.rejects(pendingMigrations(to.db, to.kind), HalfCopied)

  const copiedNow = new Set<string>()
  await copyDatabase(from, to, {
    force: false,
    progress: (doing, table) => void (doing === 'copied' && copiedNow.add(table)),
  })
  assert.deepEqual(await pendingMigrations(to.db, to.kind), [])
  assert.deepEqual(await contentOf(to.db), await contentOf(site.ctx.db))
  assert.ok(copiedNow.has('signatories'))
  assert.ok(!copiedNow.has('statements') && !copiedNow.has('endorsements'), 'not a second time')
})

test('a row that differs is noticed, and the copy is not taken for a whole one', async () => {
  const to = await emptyTarget()
  await assert.rejects(copyDatabase(from, to, { force: false, progress: stopAfter('signatories') }))
  await to.db.updateTable('signatories').set({ name: 'Somebody else' }).execute()
  const goingOn = copyDatabase(from, to, { force: false, progress: silent })
  await assert.rejects(goingOn, /The table signatories is not the same in both databases/)
  await assert.rejects(pendingMigrations(to.db, to.kind), HalfCopied)
  await copyDatabase(from, to, { force: true, progress: silent })
  assert.deepEqual(await contentOf(to.db), await contentOf(site.ctx.db))
})

test('a database that is in use is not copied over unless told to', async () => {
  const to = await emptyTarget()
  await copyDatabase(from, to, { force: false, progress: silent })
  await assert.rejects(copyDatabase(from, to, { force: false, progress: silent }), CopyRefused)
})

test('a copy that was begun is not finished with another database', async () => {
  const to = await emptyTarget()
  const begun = copyDatabase(from, to, { force: false, progress: stopAfter('statements') })
  await assert.rejects(begun, /the power goes out/)
  const another = await emptyTarget()
  await migrate(another.db, another.kind)
  const mixed = copyDatabase(another, to, { force: false, progress: silent })
  await assert.rejects(mixed, /A copy of another database was begun there/)
})

test('an index for names is not copied, and does not outlive the names', async () => {
  await indexNames(from.db, 1)
  const to = await emptyTarget()
  await copyDatabase(from, to, { force: false, progress: silent })
  assert.equal(await indexedUpTo(to.db), null)
  await indexNames(to.db, 1)
  await copyDatabase(from, to, { force: true, progress: silent })
  assert.equal(await indexedUpTo(to.db), null)
  await from.db.transaction().execute(dropNameIndex)
  assert.deepEqual(await contentOf(to.db), await contentOf(from.db))
})
