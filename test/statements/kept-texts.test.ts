import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findStatement } from '../../src/statements/find-statement.ts'
import { openSite } from '../support/site.ts'

test('the words of a text are read once, and again when they are other words', async () => {
  const site = await openSite()
  const slug = await site.publish()
  const { db } = site.ctx
  const titles = async () => (await findStatement(db, slug))?.versions.map(({ title }) => title)
  const before = await titles()
  // nobody changes a text under its hash: from memory, it is as it was
  await db.updateTable('text_versions').set({ title: 'Changed' }).execute()
  assert.deepEqual(await titles(), before)
  await db.updateTable('text_versions').set({ hash: 'another' }).execute()
  assert.deepEqual(
    await titles(),
    before?.map(() => 'Changed'),
  )
})
