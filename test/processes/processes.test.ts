// How processes know of each other: by beats that go on, not by clocks.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openProcesses } from '../../src/processes/processes.ts'
import { openSite } from '../support/site.ts'

const site = await openSite()
const open = () => openProcesses({ ...site.ctx, random: { id: () => crypto.randomUUID() } })
const rows = () => site.ctx.db.selectFrom('processes').selectAll().execute()

test('a process is alone until it has seen another one', async () => {
  const [a, b] = [open(), open()]
  a.join({ serves: true, delivers: true })
  b.join({ serves: false, delivers: true })
  await b.tick()
  await a.tick()
  assert.deepEqual([a.doing('serves'), a.doing('delivers')], [1, 2])
  // nobody is seen by it that serves, and it does not itself
  assert.deepEqual([b.doing('serves'), b.doing('delivers')], [1, 1])
  await Promise.all([a.leave(), b.leave()])
  assert.deepEqual(await rows(), [])
})

test('one that was killed is taken for gone after some looks, and forgotten after many', async () => {
  const [living, killed] = [open(), open()]
  for (const each of [living, killed]) each.join({ serves: true, delivers: true })
  await killed.tick()
  const known: number[] = []
  for (let looks = 0; looks < 8; looks += 1) {
    await living.tick()
    known.push(living.doing('serves'))
  }
  assert.deepEqual(known, [2, 2, 2, 2, 2, 1, 1, 1])
  for (let looks = 0; looks < 60; looks += 1) await living.tick()
  assert.equal((await rows()).length, 1)
  // it was only asleep
  await killed.tick()
  await living.tick()
  assert.equal(living.doing('serves'), 2)
  await Promise.all([living.leave(), killed.leave()])
})

test('a process that nobody counts writes nothing', async () => {
  const command = open()
  await command.tick()
  await command.leave()
  assert.deepEqual(await rows(), [])
})
