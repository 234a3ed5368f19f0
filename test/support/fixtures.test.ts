import { test } from 'node:test'
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { fixture } from './fixtures.ts'

test('a fixture is found by its name', async () => {
  const path = fixture('names.json')
  assert.ok(isAbsolute(path))
  const parsed: unknown = JSON.parse(await readFile(path, 'utf8'))
  assert.ok(parsed)
})
