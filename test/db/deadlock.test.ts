import assert from 'node:assert/strict'
import { test } from 'node:test'
import { retryDeadlocks } from '../../src/db/deadlock.ts'

/** Fails so many times. */
function failing(times: number, code: string) {
  let tries = 0
  return async () => {
    tries += 1
    if (tries <= times) throw Object.assign(new Error(code), { code })
    return tries
  }
}

test('what collided with another transaction is tried again, a few times', async () => {
  assert.equal(await retryDeadlocks(failing(4, '40P01')), 5)
  assert.equal(await retryDeadlocks(failing(1, '40001')), 2)
  await assert.rejects(retryDeadlocks(failing(5, '40P01')), /40P01/)
})

test('any other fault is thrown at once', async () => {
  let tries = 0
  const broken = async () => {
    tries += 1
    throw Object.assign(new Error('unique'), { code: '23505' })
  }
  await assert.rejects(retryDeadlocks(broken), /unique/)
  assert.equal(tries, 1)
})
