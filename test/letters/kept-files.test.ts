// Files that were made stay within a given room.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KeptFiles } from '../../src/letters/kept-files.ts'

test('the oldest files go when the room is full', () => {
  const kept = new KeptFiles(10)
  kept.keep('one', Buffer.alloc(4))
  kept.keep('two', Buffer.alloc(4))
  assert.equal(kept.get('one')?.length, 4)
  kept.keep('three', Buffer.alloc(4))
  assert.deepEqual(
    [kept.get('one'), kept.get('two')?.length, kept.get('three')?.length],
    [null, 4, 4],
  )
})

test('a file that is larger than the room is not kept', () => {
  const kept = new KeptFiles(10)
  kept.keep('large', Buffer.alloc(11))
  assert.equal(kept.get('large'), null)
})
