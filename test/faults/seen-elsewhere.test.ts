// Faults that other sites for petitions were seen to have.
import assert from 'node:assert/strict'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
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

test('a promise that fails and that nobody waited for is logged; the site goes on', async () => {
  const options = `--import="${leftAlone.replaceAll(/\s+/g, '%20').replaceAll('"', '')}"`
  const { shell, serve } = await openServed({ NODE_OPTIONS: options })
  const { address, running } = await serve()
  const file = join(shell.cwd, 'now')
  writeFileSync(file, '')
  await running.says(/"message":"left alone".*something that nobody waited for has failed/)
  assert.ok(!existsSync(file))
  assert.equal((await fetch(`${address}/statements/a-letter`)).status, 200)
})
