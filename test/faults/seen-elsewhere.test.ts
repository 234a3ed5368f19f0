// Faults that other sites for petitions were seen to have.
import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/open.ts'
import { somebody } from '../support/people.ts'
import { openServed } from '../support/served.ts'
import { sign } from '../support/signing.ts'
import { openSite } from '../support/site.ts'
import { until } from '../support/until.ts'

test('who signs does not wait for a mail server that says nothing', async () => {
  const site = await openSite({ background: true, smtpOptions: '?socketTimeout=500' })
  const slug = await site.publish()
  site.inbox.answer = 'hang'
  await sign(site, slug, somebody())
  await until('the mail server is talked to', () => site.inbox.connections > 0)
  assert.equal((await sign(site, slug, somebody())).status, 303)
  assert.equal(site.inbox.mails.length, 0)
  assert.equal((await site.ctx.db.selectFrom('endorsements').selectAll().execute()).length, 2)
})

/** Inside the served process: a promise that nobody waits for fails as soon as there is a file `now`. */
const leftAlone = `data:text/javascript,
  import { existsSync, rmSync } from 'node:fs';
  setInterval(() => {
    if (existsSync('now')) { rmSync('now'); Promise.reject(new Error('left alone')) }
  }, 10).unref()`

test('nothing that fails ends the process: pages say so, and all goes on by itself', async () => {
  const options = `--import="${leftAlone.replaceAll(/\s+/g, '%20').replaceAll('"', '')}"`
  const { shell, serve, database, inbox } = await openServed({ NODE_OPTIONS: options })
  const { address, running } = await serve()
  const file = join(shell.cwd, 'now')
  writeFileSync(file, '')
  await running.says(/"message":"left alone".*something that nobody waited for has failed/)
  assert.ok(!existsSync(file))

  const db = await openDatabase(readConfig({ DATABASE_URL: database.url }).database)
  after(() => db.destroy())
  const rename = (from: string, to: string) => db.schema.alterTable(from).renameTo(to).execute()
  const tables = ['outbox', 'listed_counts']
  for (const table of tables) await rename(table, `${table}_away`)
  await running.says(/the outbox could not be read/)
  for (let times = 0; times < 2; times += 1) {
    const list = await fetch(`${address}/statements/a-letter/signatories`)
    assert.equal(list.status, 500)
    assert.match(await list.text(), /<h1[^]*<code[^>]*>[\w-]{8}<\/code>/)
  }
  for (const table of tables) await rename(`${table}_away`, table)
  assert.equal((await fetch(`${address}/statements/a-letter/signatories`)).status, 200)
  const form = somebody({ checked: 'yes' })
  const body = new URLSearchParams(form)
  await fetch(`${address}/statements/a-letter/endorse`, {
    method: 'POST',
    body,
    redirect: 'manual',
  })
  await inbox.waitFor(form['email'] ?? '')
})
