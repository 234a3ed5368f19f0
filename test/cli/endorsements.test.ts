import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { rowsOfWorkbook } from '../documents/read-formats.ts'
import { openShell } from '../support/command.ts'
import { leyla, somebody, someOrganisation } from '../support/people.ts'
import { signAndConfirm } from '../support/signing.ts'
import { openSite, testSecret } from '../support/site.ts'

test('endorsements export writes the same list as the site', async () => {
  const site = await openSite()
  const slug = await site.publish()
  for (const answers of [someOrganisation({ name: '=Sum Ñandú' }), somebody(), leyla]) {
    await signAndConfirm(site, slug, { ...answers, visibility: answers['visibility'] ?? 'listed' })
  }
  const shell = openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret })
  const list = (name: string) => fetch(`${site.address}/statements/${slug}/${name}`)
  const onSite = Buffer.from(await (await list('signatories.csv')).arrayBuffer()).toString('utf8')
  assert.equal(onSite.split('\r\n').length, 4)

  const shown = await shell.run('endorsements', 'export', slug, '--format', 'csv')
  assert.deepEqual([shown.code, shown.stderr], [0, ''])
  assert.equal(shown.stdout.replace(/^\uFEFF/, ''), onSite.replace(/^\uFEFF/, ''))

  const file = join(shell.cwd, 'list.csv')
  const written = await shell.run('endorsements', 'export', slug, '--out', file)
  assert.deepEqual([written.code, written.stdout, written.stderr], [0, '', ''])
  assert.equal(readFileSync(file, 'utf8'), onSite)
  assert.ok(onSite.startsWith('\uFEFF'))

  const workbook = join(shell.cwd, 'list.xlsx')
  await shell.run('endorsements', 'export', slug, '--format', 'xlsx', '--out', workbook)
  const rows = await rowsOfWorkbook(readFileSync(workbook))
  assert.deepEqual(
    rows.map((cells) => cells[2]?.slice(0, 4)),
    ['=Sum', 'Pers'],
  )

  const json = await shell.run('endorsements', 'export', slug, '--format', 'json')
  const { statement: _, ...exported } = JSON.parse(json.stdout) as Record<string, unknown>
  const { statement: __, ...served } = (await (await list('signatories.json')).json()) as Record<
    string,
    unknown
  >
  assert.deepEqual(exported, served)
})

test('endorsements export tells in one sentence what is wrong', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const shell = openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret })
  const unknown = await shell.run('endorsements', 'export', 'nowhere')
  assert.deepEqual([unknown.code, unknown.stdout], [1, ''])
  assert.match(unknown.stderr, /^There is no statement "nowhere"\..*\n$/)
  const nowhere = await shell.run('endorsements', 'export', slug, '--out', 'no/such/folder.csv')
  assert.equal(nowhere.code, 1)
  assert.match(nowhere.stderr, /^no\/such\/folder\.csv cannot be used: .*\n$/)
  const format = await shell.run('endorsements', 'export', slug, '--format', 'pdf')
  assert.equal(format.code, 1)
  assert.match(format.stderr, /csv, json/)
  const secret = await shell.run('endorsements', 'export', slug, '--internal', '--format', 'docx')
  assert.deepEqual(
    [secret.code, secret.stdout, secret.stderr],
    [1, '', 'The internal list is written as csv or json.\n'],
  )
})
