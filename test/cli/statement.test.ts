import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { readStatementFolder } from '../../src/statements/statement-file.ts'
import { fileWith, folderWith, statementIn } from '../statements/statement-folders.ts'
import { openShell } from '../support/command.ts'
import { fixture } from '../support/fixtures.ts'
import { openSite, testSecret } from '../support/site.ts'

async function openDesk() {
  const site = await openSite({ now: new Date().toISOString() })
  const shell = openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret })
  const statement = (...args: string[]) => shell.run('statement', ...args)
  const texts = () =>
    site.ctx.db
      .selectFrom('text_versions')
      .select(['language', 'number'])
      .orderBy('language')
      .orderBy('number')
      .execute()
  return { site, shell, statement, texts }
}

describe('statement import', () => {
  for (const name of ['naloxone-within-reach', 'community-monitoring-submission']) {
    test(`reads ${name}, and a second time changes no text`, async () => {
      const { statement, texts } = await openDesk()
      const first = await statement('import', fixture(`statements/${name}`))
      assert.equal(first.code, 0, first.stderr)
      assert.match(first.stdout, new RegExp(`^Imported "${name}"\\.\nNew text versions: en, `))
      const before = await texts()
      const second = await statement('import', fixture(`statements/${name}`))
      assert.equal(second.code, 0, second.stderr)
      assert.match(second.stdout, new RegExp(`^Updated "${name}"\\.\nNo text has changed\\.`))
      assert.deepEqual(await texts(), before)
    })
  }

  test('makes a new text version of the language whose text has changed, and keeps the old', async () => {
    const { statement, texts } = await openDesk()
    const folder = await folderWith({ 'en.md': fileWith(), 'fr.md': '---\ntitle: x\n---\nUn.\n' })
    await statement('import', folder)
    writeFileSync(join(folder, 'fr.md'), '---\ntitle: x\n---\nDeux.\n')
    const { stdout } = await statement('import', folder)
    assert.match(stdout, /New text versions: fr\./)
    assert.deepEqual(await texts(), [
      { language: 'en', number: 1 },
      { language: 'fr', number: 1 },
      { language: 'fr', number: 2 },
    ])
  })

  test('says which language is no longer shown, and takes it back without a new version', async () => {
    const { statement, texts } = await openDesk()
    const french = '---\ntitle: x\n---\nUn.\n'
    const folder = await folderWith({ 'en.md': fileWith(), 'fr.md': french })
    await statement('import', folder)
    rmSync(join(folder, 'fr.md'))
    assert.match((await statement('import', folder)).stdout, /No longer shown: fr\./)
    writeFileSync(join(folder, 'fr.md'), french)
    await statement('import', folder)
    assert.deepEqual(await texts(), [
      { language: 'en', number: 1 },
      { language: 'fr', number: 1 },
    ])
  })
})

describe('statement export', () => {
  for (const name of ['naloxone-within-reach', 'community-monitoring-submission']) {
    test(`writes ${name} so that it reads the same`, async () => {
      const { shell, statement } = await openDesk()
      const original = fixture(`statements/${name}`)
      await statement('import', original)
      const folder = join(shell.cwd, 'made', 'when-missing')
      const exported = await statement('export', name, folder)
      assert.equal(exported.code, 0, exported.stderr)
      assert.deepEqual(await statementIn(folder), await statementIn(original))
      assert.match((await statement('import', folder)).stdout, /No text has changed/)
    })
  }

  test('writes a statement that was opened by hand so that it can be read again', async () => {
    const { shell, statement } = await openDesk()
    await statement('import', await folderWith({ 'en.md': fileWith() }))
    await statement('open', 'a-letter')
    const folder = join(shell.cwd, 'exported')
    await statement('export', 'a-letter', folder)
    const read = await readStatementFolder(folder)
    assert.ok(read.ok, JSON.stringify(read))
    const again = await statement('import', folder)
    assert.match(again.stdout, /No text has changed.*\nSee http/)
  })
})

describe('a statement', () => {
  test('is a draft until it is opened, and closes when told to', async () => {
    const { site, statement } = await openDesk()
    const status = async () => (await fetch(`${site.address}/statements/a-letter`)).status
    const imported = await statement('import', await folderWith({ 'en.md': fileWith() }))
    assert.match(imported.stdout, /It is a draft\. Open it with: .* statement open a-letter/)
    assert.equal(await status(), 404)
    assert.match((await statement('close', 'a-letter')).stderr, /not open/)
    assert.match((await statement('open', 'a-letter')).stdout, /is open: http/)
    assert.equal(await status(), 200)
    assert.match((await statement('open', 'a-letter')).stdout, /already open/)
    assert.match((await statement('close', 'a-letter')).stdout, /is closed/)
    const edition = await fetch(`${site.address}/statements/a-letter/editions/1.json`)
    assert.equal(edition.status, 200)
    assert.match((await statement('close', 'a-letter')).stdout, /already closed/)
    assert.match((await statement('open', 'a-letter')).stdout, /is open: http/)
  })

  test('whose deadline has passed is not opened, and says what to do', async () => {
    const { statement } = await openDesk()
    const past = { closes_at: '"2020-01-01T12:00 Europe/London"' }
    await statement('import', await folderWith({ 'en.md': fileWith(past) }))
    const { code, stderr } = await statement('open', 'a-letter')
    assert.equal(code, 1)
    assert.match(stderr, /closing time of "a-letter" has passed\. Write a later closes_at/)
  })

  test('that is not there is named in one sentence', async () => {
    const { shell, statement } = await openDesk()
    for (const args of [
      ['open', 'nowhere'],
      ['close', 'nowhere'],
      ['export', 'nowhere', join(shell.cwd, 'x')],
    ]) {
      const { code, stdout, stderr } = await statement(...args)
      assert.deepEqual([code, stdout], [1, ''])
      assert.match(stderr, /^There is no statement "nowhere"\..*\n$/)
    }
  })
})
