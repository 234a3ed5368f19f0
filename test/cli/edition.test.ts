// undersigned edition make, undersigned verify
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { openShell } from '../support/command.ts'
import { signUpAndConfirm } from '../support/crowd.ts'
import { harbour, jose } from '../support/people.ts'
import { post } from '../support/signing.ts'
import { openSite, testSecret } from '../support/site.ts'

test('an edition is made, and a file is told to be genuine, altered, replaced or unknown', async () => {
  const site = await openSite()
  const slug = await site.publish()
  await signUpAndConfirm(site, slug, harbour)
  const joseLink = await signUpAndConfirm(site, slug, jose)
  const shell = openShell({
    DATABASE_URL: site.database.url,
    SECRET_KEY: testSecret,
    BASE_URL: site.address,
  })
  const made = await shell.run('edition', 'make', slug)
  const address = `${site.address}/statements/${slug}/editions/1`
  assert.deepEqual(
    [made.code, made.stdout, made.stderr],
    [0, `Edition 1 with 2 endorsements: ${address}\n`, ''],
  )
  const file = join(shell.cwd, `${slug}-edition-1.en.xlsx`)
  writeFileSync(file, Buffer.from(await (await fetch(`${address}.xlsx`)).arrayBuffer()))

  const genuine = await shell.run('verify', file, '--site', site.address)
  assert.equal(genuine.code, 0, genuine.stderr)
  assert.match(genuine.stdout, new RegExp(`^Genuine: edition 1 of "${slug}", made at 2`))

  const bytes = readFileSync(file)
  bytes.writeUInt8(bytes.readUInt8(100) ^ 1, 100)
  const copy = join(shell.cwd, `${slug}-edition-1.en (1).xlsx`)
  writeFileSync(copy, bytes)
  const altered = await shell.run('verify', copy)
  assert.equal(altered.code, 1)
  assert.match(altered.stderr, new RegExp(`^Altered: it says that it is edition 1 of "${slug}"`))

  await post(site, `/endorsement/${joseLink}`, { decision: 'withdraw' })
  const replaced = await shell.run('verify', file)
  assert.equal(replaced.code, 2, replaced.stderr)
  assert.match(
    replaced.stdout,
    /^Genuine, but replaced: edition 1 .* Please use the file as it is/s,
  )

  const other = join(shell.cwd, 'list.xlsx')
  writeFileSync(other, 'no edition')
  const unknown = await shell.run('verify', other)
  assert.equal(unknown.code, 1)
  assert.match(
    unknown.stderr,
    /^Unknown: no such file was ever issued \(SHA-256 [0-9a-f]{64}\)\.\n$/,
  )
})

test('what cannot be made or verified is told in one sentence', async () => {
  const site = await openSite()
  const shell = openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret })
  const answers = await Promise.all([
    shell.run('edition', 'make', 'not-there'),
    shell.run('verify', 'not-there.csv'),
    shell.run('verify', 'not-there.csv', '--site', 'nowhere'),
  ])
  for (const { code, stdout, stderr } of answers) {
    assert.deepEqual([code, stdout], [1, ''])
    assert.match(stderr, /^[^\n]*not-there[^\n]*\n$/)
  }
})
