import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Files, fileWith, folderWith, russian } from '../statements/statement-folders.ts'
import { openShell } from '../support/command.ts'
import { dumpOf } from '../support/dump.ts'
import { openSite, testSecret } from '../support/site.ts'

const times = {
  opens_at: '"2026-12-04T12:00 Europe/London"',
  closes_at: '"2026-12-04T11:00 Europe/London"',
}
const refused: [name: string, files: Files, says: RegExp][] = [
  ['bad YAML', { 'en.md': fileWith({ title: '"A' }) }, /^en\.md:4: /],
  ['an unknown field', { 'en.md': fileWith({ titel: 'A' }) }, /^en\.md:7: .*“title”/],
  ['a missing title', { 'en.md': fileWith({ title: null }) }, /^en\.md: “title” is missing/],
  ['two authoritative versions', { 'en.md': fileWith(), 'fr.md': fileWith() }, /^fr\.md:5: /],
  ['a deadline before the opening', { 'en.md': fileWith(times) }, /^en\.md:8: /],
  ['raw HTML', { 'en.md': fileWith({}, 'a\n\n<b>c</b>') }, /^en\.md:10: /],
  ['a javascript: link', { 'en.md': fileWith({}, '[a](javascript:b)') }, /^en\.md:8: /],
  ['a link to //evil', { 'en.md': fileWith({}, '[a](//evil.example)') }, /^en\.md:8: /],
  ['bytes that are not UTF-8', { 'en.md': new Uint8Array([0x2d, 0xff, 0x0a]) }, /^en\.md:1: /],
  ['5 MB', { 'en.md': fileWith({}, 'a'.repeat(5_000_000)) }, /^en\.md: .*5 MB/],
  ['a fault in a translation', { 'en.md': fileWith(), 'ru.md': russian + '<i>' }, /^ru\.md:5: /],
]

describe('statement import refuses, and imports nothing of,', async () => {
  const site = await openSite()
  await site.publish()
  const shell = openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret })
  for (const [name, files, says] of refused) {
    test(name, async () => {
      const before = await dumpOf(site)
      const { code, stdout, stderr } = await shell.run(
        'statement',
        'import',
        await folderWith(files),
      )
      assert.deepEqual([code, stdout], [1, ''])
      assert.match(stderr, says)
      assert.match(stderr, /\nNothing was imported\.\n$/)
      assert.equal(await dumpOf(site), before)
    })
  }
})
