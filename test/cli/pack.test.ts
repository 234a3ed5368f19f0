import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { signUpAndConfirm } from '../support/crowd.ts'
import { openShell } from '../support/command.ts'
import { harbour, leyla } from '../support/people.ts'
import { openSite, testSecret } from '../support/site.ts'
import { unzip } from '../support/unzip.ts'

test('pack writes what is handed over into one file, also where no PDF is made', async () => {
  const site = await openSite()
  const slug = await site.publish()
  await signUpAndConfirm(site, slug, harbour)
  await signUpAndConfirm(site, slug, leyla)
  const shell = openShell({ DATABASE_URL: site.database.url, SECRET_KEY: testSecret, PDF: 'off' })
  const file = join(shell.cwd, `${slug}-edition-1.zip`)
  const made = await shell.run('pack', slug)
  assert.deepEqual([made.code, made.stderr], [0, ''])
  assert.equal(made.stdout, `${slug}-edition-1.zip: edition 1 with 2 endorsements\n`)
  const files = await unzip(readFileSync(file))
  const readme = files.get(`${slug}-edition-1/README.txt`) ?? ''
  assert.match(readme, /This site makes no PDF files\. The Word files hold the same\./)
  assert.ok(![...files.keys()].some((path) => path.endsWith('.pdf')))
  assert.ok(files.has(`${slug}-edition-1/letter/letter-${slug}-edition-1.ar.docx`))

  const un = join(shell.cwd, 'un.zip')
  const forUn = await shell.run('pack', slug, '--un', '--out', un)
  assert.deepEqual([forUn.code, forUn.stderr], [0, ''])
  assert.ok((await unzip(readFileSync(un))).has(`${slug}-edition-1-un/README.txt`))

  const unknown = await shell.run('pack', 'nowhere')
  assert.deepEqual([unknown.code, unknown.stdout], [1, ''])
  assert.match(unknown.stderr, /^There is no statement "nowhere"\..*\n$/)
  assert.ok(!existsSync(join(shell.cwd, 'nowhere-edition-1.zip')))
})
