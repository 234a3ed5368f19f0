import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { openShell } from '../support/command.ts'
import { freshDatabase } from '../support/databases.ts'
import { testSecret } from '../support/site.ts'

const commands = [
  [],
  ['serve'],
  ['demo'],
  ['migrate'],
  ['deliver-mail'],
  ['prune'],
  ['statement'],
  ['statement', 'import'],
  ['statement', 'export'],
  ['statement', 'open'],
  ['statement', 'close'],
  ['statement', 'proof-of-work'],
  ['endorsements'],
  ['endorsements', 'export'],
  ['audit', 'verify'],
  ['audit', 'list'],
  ['pause'],
  ['resume'],
]

test('every command has help, and needs no settings for it', async () => {
  const shell = openShell({ PORT: 'wrong' })
  const all = await Promise.all(commands.map((command) => shell.run(...command, '--help')))
  for (const [at, { code, stdout, stderr }] of all.entries()) {
    assert.deepEqual([code, stderr], [0, ''], commands[at]?.join(' '))
    const usage = ['Usage: undersigned', ...(commands[at] ?? [])].join(' ')
    assert.ok(stdout.startsWith(usage), stdout)
  }
})

test('prune tells what it deleted, and migrate that all is well', async () => {
  const database = await freshDatabase()
  after(() => database.drop())
  const shell = openShell({ DATABASE_URL: database.url, SECRET_KEY: testSecret })
  const migrated = await shell.run('migrate')
  assert.deepEqual(migrated, { code: 0, stdout: 'The database is up to date.\n', stderr: '' })
  const pruned = await shell.run('prune')
  assert.equal(pruned.code, 0, pruned.stderr)
  assert.match(pruned.stdout, /^endorsements that nobody confirmed: 0 deleted$/m)
})

describe('one sentence and a code that is not zero for', () => {
  for (const [name, args] of [
    ['an unknown command', ['sign']],
    ['an unknown command of a group', ['statement', 'burn']],
    ['a missing argument', ['statement', 'import']],
    ['an unknown option', ['serve', '--fast']],
  ] as const) {
    test(name, async () => {
      const { code, stdout, stderr } = await openShell({}).run(...args)
      assert.deepEqual([code, stdout], [1, ''])
      assert.match(stderr, /^error: .*\n(?:\(.*\n)*$/)
    })
  }

  test('a port that is taken, without waiting for the database', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    after(() => other.close())
    const database = await freshDatabase()
    after(() => database.drop())
    const PORT = String((other.address() as AddressInfo).port)
    const shell = openShell({ DATABASE_URL: database.url, SECRET_KEY: testSecret, PORT })
    const from = performance.now()
    const { code, stderr } = await shell.run('serve')
    assert.equal(code, 1)
    assert.match(stderr, /^Port \d+ cannot be opened: another program uses it\..*\n$/)
    assert.ok(performance.now() - from < 8000)
  })

  test('a database server that is not there', async () => {
    const DATABASE_URL = 'postgres://nobody@localhost:1/none'
    const { code, stderr } = await openShell({ DATABASE_URL }).run('migrate')
    assert.equal(code, 1)
    assert.match(stderr, /^The database does not answer \(ECONNREFUSED\)\..*\n$/)
  })

  test('a database file that is none', async () => {
    const shell = openShell({ DATABASE_URL: 'sqlite:letter.txt' })
    writeFileSync(join(shell.cwd, 'letter.txt'), 'Dear all,\n'.repeat(1000))
    const { code, stderr } = await shell.run('migrate')
    assert.equal(code, 1)
    assert.match(stderr, /^The database file cannot be used: .*\n$/)
  })
})
