import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { openShell } from '../support/command.ts'
import { freshDatabase } from '../support/databases.ts'
import { dumpOf } from '../support/dump.ts'
import { openSite } from '../support/site.ts'

async function emptyDatabase(): Promise<string> {
  const database = await freshDatabase()
  after(() => database.drop())
  return database.url
}

describe('without SECRET_KEY', () => {
  test('two processes started at once make one key, which only its owner can read', async () => {
    const shell = openShell({ DATABASE_URL: await emptyDatabase() })
    const ended = await Promise.all([shell.run('migrate'), shell.run('migrate')])
    assert.deepEqual(
      ended.map(({ code, stderr }) => [code, stderr]),
      [
        [0, ''],
        [0, ''],
      ],
    )
    const folder = join(shell.cwd, 'var')
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.startsWith('secret')),
      ['secret.key'],
    )
    const file = join(folder, 'secret.key')
    assert.equal(statSync(file).mode & 0o777, 0o600)
    const key = readFileSync(file, 'utf8')
    assert.match(key, /^[\w-]{43}\n$/)
    assert.equal((await shell.run('migrate')).code, 0)
    assert.equal(readFileSync(file, 'utf8'), key)
  })

  test('a key file that is empty is refused, and left as it is', async () => {
    const shell = openShell({ DATABASE_URL: await emptyDatabase() })
    mkdirSync(join(shell.cwd, 'var'))
    writeFileSync(join(shell.cwd, 'var', 'secret.key'), '\n')
    const { code, stderr } = await shell.run('migrate')
    assert.equal(code, 1)
    assert.match(stderr, /^var\/secret\.key holds no key.*\n$/)
    assert.equal(readFileSync(join(shell.cwd, 'var', 'secret.key'), 'utf8'), '\n')
  })
})

test('another key than the one before refuses to start, in one sentence, and changes nothing', async () => {
  const site = await openSite()
  await site.publish()
  const before = await dumpOf(site)
  const SECRET_KEY = 'another secret that is long enough for it'
  const shell = openShell({ DATABASE_URL: site.database.url, SECRET_KEY, PORT: '0' })
  const { code, stdout, stderr } = await shell.run('serve')
  assert.deepEqual([code, stdout], [1, ''])
  assert.match(stderr, /^SECRET_KEY is not the key this database was made with\..*\n$/)
  assert.equal(await dumpOf(site), before)
})
