import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openShell } from '../support/command.ts'
import { rowsByTable } from '../support/dump.ts'
import { openSite, testSecret } from '../support/site.ts'

test('statement proof-of-work is switched on and off, and the audit log tells when', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const shell = openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret })
  const turn = (...args: string[]) => shell.run('statement', 'proof-of-work', ...args)
  const isAsked = async () => {
    const form = await fetch(`${site.address}/statements/${slug}/endorse?as=individual`)
    return (await form.text()).includes('data-challenge')
  }
  assert.equal(await isAsked(), false)
  assert.equal((await turn(slug, 'on')).stdout, `Proof of work on "${slug}" is on.\n`)
  assert.equal(await isAsked(), true)
  assert.equal((await turn(slug, 'on')).stdout, `Proof of work on "${slug}" is already on.\n`)
  assert.equal((await turn(slug, 'off')).stdout, `Proof of work on "${slug}" is off.\n`)
  assert.equal(await isAsked(), false)
  const log = (await rowsByTable(site))['audit_log'] ?? []
  assert.deepEqual(
    log
      .filter(({ action }) => action === 'proof of work changed')
      .map(({ actor, subject, detail }) => [actor, subject, detail]),
    [
      ['command line', slug, '{"on":true}'],
      ['command line', slug, '{"on":false}'],
    ],
  )
})

test('statement proof-of-work wants a statement that exists, and on or off', async () => {
  const site = await openSite()
  const shell = openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret })
  const unknown = await shell.run('statement', 'proof-of-work', 'no-such', 'on')
  assert.deepEqual([unknown.code, unknown.stdout], [1, ''])
  assert.match(unknown.stderr, /There is no statement "no-such"\./)
  const wrong = await shell.run('statement', 'proof-of-work', 'no-such', 'maybe')
  assert.equal(wrong.code, 1)
  assert.match(wrong.stderr, /on, off/)
})
