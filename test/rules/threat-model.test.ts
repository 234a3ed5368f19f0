// What docs/threat-model.md promises is kept by code that is there, and shown by tests that are there.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (file: string) => readFileSync(root + file, 'utf8')
const model = read('docs/threat-model.md')

/** `test/a.test.ts`, "first name", "second name" */
const cited = [...model.matchAll(/`(test\/[\w./-]+\.test\.ts)`((?:,? "[^"]+")+)/g)].map(
  ([, file = '', names = '']) => ({
    file,
    names: [...names.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name),
  }),
)

/** How a name begins in the code: some have a part in front that depends on the case. */
function isTestOf(source: string, name: string): boolean {
  const starts = source.matchAll(/\b(?:test|describe)\(\s*(['"`])((?:(?!\1).)*)/gs)
  return [...starts].some(([, , text = '']) => text.includes(name))
}

test('every test that the threat model names exists', () => {
  assert.ok(cited.length > 30)
  for (const { file, names } of cited) {
    assert.ok(existsSync(root + file), file)
    const missing = names.filter((name) => !isTestOf(read(file), name))
    assert.deepEqual(missing, [], file)
  }
})

test('every test file that it names is cited with the name of a test', () => {
  const named = model.matchAll(/`(test\/[^`]+)`/g)
  const withNames = new Set(cited.map(({ file }) => file))
  const without = [...named].map(([, file = '']) => file).filter((file) => !withNames.has(file))
  assert.deepEqual(without, [])
})

test('every file of the program that it names exists', () => {
  const files = [...model.matchAll(/`((?:src|static|deploy|views)\/[^`]+)`/g)]
  assert.ok(files.length > 25)
  for (const [, file = ''] of files) assert.ok(existsSync(root + file), file)
})

test('every way to ask “did X sign?” that is tested is in the threat model', () => {
  const source = read('test/rules/did-x-sign.test.ts')
  const names = [...source.matchAll(/^ {2,4}test\(['`]([^'`$]+)/gm)].map(([, name = '']) => name)
  assert.ok(names.length >= 20)
  const missing = names.filter((name) => !model.includes(`"${name.trim()}`))
  assert.deepEqual(missing, [])
})
