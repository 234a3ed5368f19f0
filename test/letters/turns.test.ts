// So many at once, the others in line.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Turns } from '../../src/letters/turns.ts'

test('two run, the next one waits for its turn, and who finds the line full is sent away', async () => {
  const turns = new Turns(2, 1)
  const running: PromiseWithResolvers<string>[] = []
  const job = () => {
    const own = Promise.withResolvers<string>()
    running.push(own)
    return own.promise
  }
  const taken = [turns.take(job), turns.take(job), turns.take(job)]
  assert.equal(await turns.take(job), null)
  assert.equal(running.length, 2)
  running[0]?.resolve('first')
  assert.equal(await taken[0], 'first')
  assert.equal(running.length, 3)
  running[1]?.resolve('second')
  running[2]?.resolve('third')
  assert.deepEqual(await Promise.all(taken), ['first', 'second', 'third'])
})

test('a job that fails gives its place back', async () => {
  const turns = new Turns(1, 1)
  await assert.rejects(
    turns.take(() => Promise.reject(new Error('no'))),
    /no/,
  )
  assert.equal(await turns.take(() => Promise.resolve('next')), 'next')
})
