import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/open.ts'
import { openShell } from '../support/command.ts'
import { freshDatabase } from '../support/databases.ts'
import { contentOf } from '../support/dump.ts'
import { harbour, jose, leyla } from '../support/people.ts'
import { signAndConfirm } from '../support/signing.ts'
import { openSite, testSecret } from '../support/site.ts'

const site = await openSite()
const slug = await site.publish()
for (const person of [harbour, jose, leyla]) await signAndConfirm(site, slug, person)

const shell = openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret })
const there = await freshDatabase()
after(() => there.drop())
const backup = join(shell.cwd, 'backup.db')

async function contentAt(url: string): Promise<string[]> {
  const db = await openDatabase(readConfig({ DATABASE_URL: url }).database)
  try {
    return await contentOf(db)
  } finally {
    await db.destroy()
  }
}

test('a site that runs is not moved: what it writes meanwhile would be lost', async () => {
  const { code, stderr } = await shell.run('copy-database', site.database.url, there.url)
  assert.equal(code, 1)
  assert.match(stderr, /The site runs on the database to copy from/)
  assert.deepEqual(await contentAt(there.url), [])
})

test('everything is copied, there and back, and it tells how much', async () => {
  assert.equal((await shell.run('backup', backup)).code, 0)
  const back = `sqlite:${join(shell.cwd, 'back.db')}`
  for (const [from, to] of [
    [`sqlite:${backup}`, there.url],
    [there.url, back],
  ] as const) {
    const { code, stdout, stderr } = await shell.run('copy-database', from, to)
    assert.equal(code, 0, stdout + stderr)
    assert.match(stdout, /Copied: \d{2,} rows, each of them compared/)
  }
  assert.deepEqual(await contentAt(back), await contentOf(site.ctx.db))
})

test('nobody copies a database onto itself', async () => {
  const { code, stderr } = await shell.run('copy-database', there.url, there.url, '--force')
  assert.equal(code, 1)
  assert.match(stderr, /The site runs on this database/)
  assert.deepEqual(await contentAt(there.url), await contentOf(site.ctx.db))
})
