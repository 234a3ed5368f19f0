import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/open.ts'
import type { Db } from '../../src/db/schema.ts'
import { seize } from '../../src/doctor/seizure.ts'
import { openShell } from '../support/command.ts'
import { freshDatabase } from '../support/databases.ts'
import { openServed } from '../support/served.ts'
import { openSite } from '../support/site.ts'

const faultsIn = (stdout: string) => stdout.split('\n').filter((line) => line.startsWith('PROBLEM'))

test('a healthy installation: one line for each part, and exit code 0', async () => {
  const { shell } = await openServed()
  const { code, stdout, stderr } = await shell.run('doctor')
  assert.equal(code, 0, stdout + stderr)
  const names = stdout.trim().split('\n')
  assert.deepEqual(
    names.map((line) => /^ok {7}(\w+): \S/.exec(line)?.[1]),
    ['settings', 'database', 'version', 'key', 'clock', 'mail', 'sender', 'disk'],
  )
})

test('wrong settings: all faults, nothing else', async () => {
  const { code, stdout } = await openShell({ PORT: 'x', BASE_URL: 'y' }).run('doctor')
  assert.equal(code, 1)
  assert.equal(faultsIn(stdout).length, 2)
  assert.match(stdout, /PROBLEM {2}settings: PORT is "x"/)
})

test('a wrong key and a mail server that is away are told with what to do', async () => {
  const { database } = await openServed()
  const shell = openShell({
    DATABASE_URL: database.url,
    SECRET_KEY: 'another secret that is long enough too',
    SMTP_URL: 'smtp://127.0.0.1:9',
  })
  const { code, stdout } = await shell.run('doctor')
  assert.equal(code, 1)
  assert.equal(faultsIn(stdout).length, 2, stdout)
  assert.match(stdout, /PROBLEM {2}key: SECRET_KEY is not the key/)
  assert.match(stdout, /PROBLEM {2}mail: the server does not take our mail \(.*ECONNREFUSED/)
})

test('a database of an older version, and one that is not there: told, and nothing is made', async () => {
  const fresh = await freshDatabase()
  after(() => fresh.drop())
  const { url } = fresh
  // an empty database: SQLite's file is made by opening it
  const db = await openDatabase(readConfig({ DATABASE_URL: url }).database)
  await db.destroy()
  const { code, stdout } = await openShell({ DATABASE_URL: url }).run('doctor')
  assert.equal(code, 1)
  assert.match(stdout, /PROBLEM {2}version: the database lacks 0001-foundation/)
  const gone = await openShell({ DATABASE_URL: 'sqlite:nowhere.db' }).run('doctor')
  assert.equal(gone.code, 1)
  assert.match(gone.stdout, /PROBLEM {2}database: nowhere\.db does not exist/)
})

const md5 = createHash('md5').update('amina@hhra.example').digest('hex')

async function plant(db: Db, value: string): Promise<void> {
  await db.insertInto('installation').values({ name: 'leak', value }).execute()
}

const unsealed = { id: 'm', mail_sealed: 'x', created_at: '' }
const leaks: [what: string, leak: (db: Db) => Promise<unknown>, found: RegExp][] = [
  ['an address', (db) => plant(db, 'sent to amina@hhra.example'), /an e-mail address .*ami…/],
  ['a plain hash', (db) => plant(db, md5), /a hash without a key/],
  ['an IP address', (db) => plant(db, 'from 203.0.113.7 today'), /IP address/],
  [
    'a column that is not sealed',
    (db) => db.insertInto('mailbox').values(unsealed).execute(),
    /mailbox\.mail_sealed is not sealed/,
  ],
]

for (const [what, leak, found] of leaks) {
  test(`a reading of the stolen database finds ${what}`, async () => {
    const { ctx } = await openSite()
    assert.deepEqual((await seize(ctx.config.database)).findings, [])
    await leak(ctx.db)
    const { findings } = await seize(ctx.config.database)
    assert.ok(findings.length > 0)
    for (const finding of findings) assert.match(finding, found)
  })
}

test('doctor --seizure looks for given texts, needs no key, and does not print them', async () => {
  const { database, shell } = await openServed()
  const list = join(shell.cwd, 'list.txt')
  writeFileSync(list, 'somebody@else.example\nHarbour Alliance\n')
  const keyless = openShell({ DATABASE_URL: database.url })
  const clean = await keyless.run('doctor', '--seizure')
  assert.equal(clean.code, 0, clean.stdout + clean.stderr)
  assert.match(clean.stdout, /\nVerdict: nothing was found that should not be there\.\n$/)

  const { code, stdout } = await keyless.run('doctor', '--seizure', '--look-for', list)
  assert.equal(code, 1)
  assert.match(stdout, /\nVerdict: the database tells what it should not/)
  assert.match(stdout, /^FOUND {2}1 of the given texts can be found/m)
  assert.doesNotMatch(stdout, /Harbour|somebody/)
})
