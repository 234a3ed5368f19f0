// The order of a list as its readers expect it, one file a language, from top to bottom: by the
// language's own collation, without the article that a name begins with (product.md §4).
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { collationOf, sortKey } from '../../src/text/collation.ts'

const readList = (language: string) =>
  readFileSync(join(import.meta.dirname, `${language}.txt`), 'utf8')
    .trim()
    .split('\n')

describe('the golden list', () => {
  for (const language of ['en', 'es', 'fr', 'ru', 'ar', 'tr']) {
    test(`is in the order of ${language}`, () => {
      const names = readList(language)
      const collation = collationOf(language)
      const keyOf = (name: string) => sortKey(name, collation)
      const found = names.toReversed().sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
      assert.deepEqual(found, names)
    })
  }
})
