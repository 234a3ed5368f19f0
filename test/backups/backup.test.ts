import assert from 'node:assert/strict'
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readConfig } from '../../src/config.ts'
import { migrate, pendingMigrations } from '../../src/db/migrate.ts'
import { openDatabase } from '../../src/db/open.ts'
import { openShell, type Shell } from '../support/command.ts'
import { freshDatabase, isPostgres } from '../support/databases.ts'
import { dumpOf } from '../support/dump.ts'
import { harbour, somebody } from '../support/people.ts'
import { openedRows } from '../support/rows.ts'
import { serve } from '../support/served.ts'
import { sign, signAndConfirm } from '../support/signing.ts'
import { openSite, type TestSite, testSecret } from '../support/site.ts'

const site = await openSite({ env: { LIMITS: 'off' } })
const slug = await site.publish()
await signAndConfirm(site, slug, harbour)

const folder = mkdtempSync(join(tmpdir(), 'undersigned-backups-'))
after(() => rmSync(folder, { recursive: true }))

function shellOn(url: string, secret = testSecret): Shell {
  return openShell({ DATABASE_URL: url, SECRET_KEY: secret, PORT: '0', LOG_LEVEL: 'error' })
}

const shell = shellOn(site.database.url)

async function backedUp(name: string): Promise<string> {
  const file = join(folder, name)
  const { code, stdout, stderr } = await shell.run('backup', file)
  assert.equal(code, 0, stdout + stderr)
  return file
}

const whole = await backedUp('whole.db')

async function emptyShell(): Promise<Shell & { url: string }> {
  const database = await freshDatabase()
  after(() => database.drop())
  return { ...shellOn(database.url), url: database.url }
}

/** Signs one after the other until it is told to stop; `acknowledged` grows meanwhile. */
function keepSigning(on: TestSite): { acknowledged: string[]; stop: () => Promise<void> } {
  const acknowledged: string[] = []
  const end = new AbortController()
  const signing = (async () => {
    while (!end.signal.aborted) {
      const answers = somebody()
      const { status } = await sign(on, slug, answers)
      assert.equal(status, 303)
      acknowledged.push(answers['email'] ?? '')
    }
  })()
  const stop = () => {
    end.abort()
    return signing
  }
  return { acknowledged, stop }
}

test('a backup made during sign-ons has all that were answered before, and is read elsewhere', async () => {
  const { acknowledged, stop } = keepSigning(site)
  while (acknowledged.length < 20) await sign(site, slug, somebody())
  const before = [...acknowledged]
  const file = await backedUp('busy.db')
  const during = acknowledged.length - before.length
  await stop()
  assert.ok(during > 0, 'people went on signing meanwhile')

  const elsewhere = await emptyShell()
  const { code, stdout, stderr } = await elsewhere.run('restore', file)
  assert.equal(code, 0, stdout + stderr)
  assert.match(
    stdout,
    /The backup is whole\. Statements: 1; endorsements: \d+, of which confirmed: 1;/,
  )

  const db = await openDatabase(readConfig({ DATABASE_URL: elsewhere.url }).database)
  const restored = new Set(
    (await openedRows({ ...site.ctx, db })).map(({ address }) => address ?? ''),
  )
  await db.destroy()
  assert.deepEqual(
    before.filter((address) => !restored.has(address)),
    [],
  )

  const { address, running } = await serve(elsewhere)
  const list = await (await fetch(`${address}/statements/${slug}/signatories.json`)).text()
  assert.match(list, /Harbour Harm Reduction Alliance/)
  await running.stop()
})

test('a backup is one file for its owner only, and replaces no other unless told to', async () => {
  const file = whole
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('whole.db')),
    ['whole.db'],
  )
  const bytes = readFileSync(file)
  const again = await shell.run('backup', file)
  assert.equal(again.code, 1)
  assert.match(again.stderr, /is there already\. --force overwrites it\.\n$/)
  assert.deepEqual(readFileSync(file), bytes)
  assert.equal((await shell.run('backup', file, '--force')).code, 0)
})

test('nobody restores over a site that runs, nor over one with content unless told to', async () => {
  const before = await dumpOf(site)
  const served = await shell.run('restore', whole, '--force')
  assert.match(served.stderr, /The site runs on this database\. Nothing was changed/)
  assert.equal(await dumpOf(site), before)

  const elsewhere = await emptyShell()
  chmodSync(whole, 0o644)
  assert.equal((await elsewhere.run('restore', whole)).code, 0)
  if (!isPostgres) {
    assert.equal(statSync(elsewhere.url.replace('sqlite:', '')).mode & 0o777, 0o600)
  }
  const again = await elsewhere.run('restore', whole)
  assert.equal(again.code, 1)
  assert.match(again.stderr, /not empty.*--force overwrites it/)
  const forced = await elsewhere.run('restore', whole, '--force')
  assert.equal(forced.code, 0, forced.stderr)
})

test('a backup that is damaged, of another key or none at all is refused; nothing is made', async () => {
  const damaged = join(folder, 'damaged.db')
  writeFileSync(damaged, readFileSync(whole).fill(0xaa, 8192, 40_000))
  const letter = join(folder, 'letter.txt')
  writeFileSync(letter, 'Dear Minister, '.repeat(1000))
  const nothing = join(folder, 'nothing.db')
  writeFileSync(nothing, '')

  const elsewhere = await emptyShell()
  for (const [file, reason] of [
    [damaged, /The backup is damaged/],
    [letter, /The backup is damaged/],
    [nothing, /not a database of Undersigned/],
    [join(folder, 'not-there.db'), /does not exist/],
  ] as const) {
    const { code, stderr } = await elsewhere.run('restore', file)
    assert.equal(code, 1)
    assert.match(stderr, reason)
  }
  const stranger = shellOn(elsewhere.url, 'another secret that is long enough too')
  assert.match((await stranger.run('restore', whole)).stderr, /SECRET_KEY is not the key/)

  const db = await openDatabase(readConfig({ DATABASE_URL: elsewhere.url }).database)
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  await db.destroy()
  assert.deepEqual(tables, [])
})

test('a backup of an older version is brought up to date, and itself stays as it is', async () => {
  const file = join(folder, 'older.db')
  const older = await openDatabase({ kind: 'sqlite', file })
  await migrate(older, 'sqlite', '0014-first-signatories')
  await older.destroy()
  const bytes = readFileSync(file)
  const elsewhere = await emptyShell()
  const { code, stderr } = await elsewhere.run('restore', file)
  assert.equal(code, 0, stderr)
  assert.deepEqual(readFileSync(file), bytes)
  const { database } = readConfig({ DATABASE_URL: elsewhere.url })
  const db = await openDatabase(database)
  const pending = await pendingMigrations(db, database.kind)
  await db.destroy()
  assert.deepEqual(pending, [])
})
