// Visibility is a one-way street for everyone but the endorser (product.md P-2): there is no code that
// could show a name again.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const src = fileURLToPath(new URL('../../src/', import.meta.url))
const store = 'endorsements/endorsement-store.ts'
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(src, file), 'utf8') }))

const filesWith = (pattern: RegExp) =>
  files.filter(({ text }) => pattern.test(text)).map(({ file }) => file)

test('only the use cases of the private page change how visible somebody is', () => {
  assert.deepEqual(filesWith(/\bchangeByEndorser\b/).sort(), [store, 'endorsements/manage.ts'])
  assert.deepEqual(filesWith(/from '(?:\.\.?\/)+(?:endorsements\/)?manage\.ts'/).sort(), [
    'confirmations/pages.ts',
    'endorsements/private-page.ts',
    'endorsements/subject.ts',
  ])
})

test('of those, erasing by the command line is the only one that is not the private page’s', () => {
  const subject = files.find(({ file }) => file === 'endorsements/subject.ts')?.text ?? ''
  assert.match(subject, /import \{ eraseIn \} from '\.\/manage\.ts'/)
  const pages = files.find(({ file }) => file === 'confirmations/pages.ts')?.text ?? ''
  assert.match(pages, /import \{ findPending \} from '\.\.\/endorsements\/manage\.ts'/)
})

test('in bulk, names can only be withheld', () => {
  const bulk = /updateTable\('endorsements'\)[^;]*?visibility: ([^,]+),/gs
  const written = files.flatMap(({ text }) => [...text.matchAll(bulk)].map(([, value]) => value))
  assert.deepEqual(written, ["'withheld'"])
})

test('nothing else writes endorsements but their stores, the keys and the form', () => {
  assert.deepEqual(
    filesWith(/(?:updateTable|insertInto)\('endorsements'\)/).filter(
      (file) => !file.endsWith('-store.ts'),
    ),
    [],
  )
})
