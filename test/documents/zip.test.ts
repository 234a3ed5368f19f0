// A ZIP file is made as it is read: never further than somebody reads, and never half without a word.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { zipOf } from '../../src/documents/zip.ts'
import { unzip } from '../support/unzip.ts'
import { until } from '../support/until.ts'

const at = '2026-11-21T12:00:00.000Z'

async function* broken() {
  yield 'a beginning'
  throw new Error('the database is away')
}

test('holds its parts in their order, each begun when the one before is over', async () => {
  const order: string[] = []
  async function* saying(words: string) {
    order.push(`begin ${words}`)
    yield words
    await new Promise(setImmediate)
    order.push(`end ${words}`)
  }
  const parts = [
    { path: 'first.txt', content: saying('one') },
    { path: 'second.txt', content: saying('two') },
    { path: 'third.txt', content: 'three' },
  ]
  const bytes = Buffer.concat(await Array.fromAsync(zipOf(parts, at)))
  assert.deepEqual(
    [...(await unzip(bytes))],
    [
      ['first.txt', 'one'],
      ['second.txt', 'two'],
      ['third.txt', 'three'],
    ],
  )
  assert.deepEqual(order, ['begin one', 'end one', 'begin two', 'end two'])
})

test('is read no further when its reader leaves', async () => {
  let isLeft = false
  async function* withoutEnd() {
    try {
      for (;;) yield randomBytes(10_000)
    } finally {
      isLeft = true
    }
  }
  for await (const piece of zipOf([{ path: 'noise', content: withoutEnd() }], at)) {
    if (piece.length > 1000) break
  }
  await until('nobody reads any more', () => isLeft)
})

test('breaks off with the fault of a part', async () => {
  const parts = [
    { path: 'broken', content: broken() },
    { path: 'never', content: 'reached' },
  ]
  await assert.rejects(Array.fromAsync(zipOf(parts, at)), /the database is away/)
})
