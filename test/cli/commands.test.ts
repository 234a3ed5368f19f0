import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { Command } from 'commander'
import { makeProgram } from '../../src/cli/program.ts'
import { openShell } from '../support/command.ts'
import { freshDatabase } from '../support/databases.ts'
import { testSecret } from '../support/site.ts'
import { until } from '../support/until.ts'

/** What comes behind `undersigned` for each command, groups of commands included. */
function commandsOf(command: Command): string[][] {
  const below = command.commands.flatMap((one) =>
    commandsOf(one).map((names) => [one.name(), ...names]),
  )
  return [[], ...below]
}

async function helpOf(names: string[]): Promise<string> {
  let said = ''
  const program = makeProgram()
  const listen = (command: Command) => {
    command.exitOverride().configureOutput({ writeOut: (text) => (said += text) })
    command.commands.forEach(listen)
  }
  listen(program)
  const args = [...names, '--help']
  await assert.rejects(program.parseAsync(args, { from: 'user' }), { exitCode: 0 })
  return said
}

test('every command has help that tells what it does', async () => {
  const all = commandsOf(makeProgram())
  assert.ok(all.length > 25, `${all.length} commands`)
  for (const names of all) {
    const help = await helpOf(names)
    assert.ok(help.startsWith(['Usage: undersigned', ...names].join(' ')), help)
    assert.match(help, /^Usage: .*\n\n\w/, `${names.join(' ')} says what it does`)
  }
})

test('help needs no settings', async () => {
  const { code, stdout, stderr } = await openShell({ PORT: 'wrong' }).run('serve', '--help')
  assert.deepEqual([code, stderr], [0, ''])
  assert.match(stdout, /^Usage: undersigned serve/)
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
    const serving = shell.start('serve')
    await until('it says something', () => serving.stderr !== '')
    const said = performance.now()
    const { code, stderr } = await serving.ended
    // connections to PostgreSQL that nobody uses would be closed after ten seconds
    assert.ok(performance.now() - said < 8000)
    assert.equal(code, 1)
    assert.match(stderr, /^Port \d+ cannot be opened: another program uses it\..*\n$/)
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
