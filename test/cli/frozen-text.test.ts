import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { openStatement } from '../../src/statements/open-and-close.ts'
import { importStatement } from '../../src/statements/import-statement.ts'
import { fileWith, statementIn } from '../statements/statement-folders.ts'
import { openShell } from '../support/command.ts'
import { somebody } from '../support/people.ts'
import { signAndConfirm } from '../support/signing.ts'
import { openSite, testSecret } from '../support/site.ts'

const slug = 'a-letter'
const french = (body: string) => `---\ntitle: x\n---\n${body}\n`

describe('importing a text that somebody stands behind', async () => {
  const site = await openSite({ now: new Date().toISOString() })
  const shell = openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret })
  const files = { 'en.md': fileWith(), 'fr.md': french('Un.') }
  const folder = join(shell.cwd, 'letter')
  mkdirSync(folder)
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  await importStatement(site.ctx, await statementIn(folder))
  await openStatement(site.ctx, slug)
  await signAndConfirm(site, slug, somebody())
  const visitor = site.visitor()
  const write = (file: keyof typeof files, more: string) =>
    writeFileSync(join(folder, file), `${files[file]}\n${more}\n`)
  const numbers = async () => {
    const rows = await site.ctx.db.selectFrom('text_versions').selectAll().execute()
    return rows.map((row) => `${row.language} ${row.number}: ${row.meaning}`).toSorted()
  }
  const change = async (kind: 'correction' | 'new-text') =>
    importStatement(site.ctx, await statementIn(folder), 'test', { kind, reason: `A ${kind}` })

  test('is refused with what to do, and nothing of it is imported', async () => {
    write('en.md', 'More.')
    writeFileSync(join(folder, 'es.md'), french('Uno.'))
    const { code, stdout, stderr } = await shell.run('statement', 'import', folder)
    assert.deepEqual([code, stdout], [1, ''])
    assert.match(stderr, /"a-letter" has been endorsed, .* different in: en\./)
    assert.match(stderr, /add --correction .* --new-text .* Nothing was imported\.\n$/)
    assert.deepEqual(await numbers(), ['en 1: 1', 'fr 1: 1'])
  })

  test('goes on where the texts are unchanged, new, or corrected', async () => {
    const said = ['--correction', 'A word was lost']
    const { code, stdout } = await shell.run('statement', 'import', folder, ...said)
    assert.deepEqual([code, /New text versions: en, es\./.test(stdout)], [0, true])
    assert.deepEqual(await numbers(), ['en 1: 1', 'en 2: 1', 'es 1: 1', 'fr 1: 1'])
    await visitor.open(`/statements/${slug}/changes`)
    assert.match(visitor.text('main'), /Correction · .*: A word was lost/)
    const again = await importStatement(site.ctx, await statementIn(folder))
    assert.equal(again.outcome, 'imported')
    assert.equal((await numbers()).length, 4)
  })

  test('may be a new text, about which people are asked, and translations follow it', async () => {
    write('fr.md', 'Plus.')
    assert.equal((await change('new-text')).outcome, 'nothing-new')
    write('en.md', 'Something else.')
    writeFileSync(join(folder, 'fr.md'), files['fr.md'])
    assert.equal((await change('new-text')).outcome, 'imported')
    write('fr.md', 'Plus.')
    assert.equal((await change('new-text')).outcome, 'imported')
    const all = ['en 1: 1', 'en 2: 1', 'en 3: 2', 'es 1: 1', 'fr 1: 1', 'fr 2: 2']
    assert.deepEqual(await numbers(), all)
    await site.tidy()
    site.clock.advance({ minutes: 1 })
    await site.deliverMail()
    assert.match(site.inbox.mails.at(-1)?.text ?? '', /A new-text[^]*\/reconfirm\//)
  })
})
