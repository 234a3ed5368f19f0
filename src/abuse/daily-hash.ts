// How networks and mailboxes are seen while abuse is looked for: as keyed hashes in memory, under a
// key that is never stored and changes every day (product.md P-4, S-8).
import { createHmac, createSecretKey, randomBytes } from 'node:crypto'
import type { Clock } from '../context.ts'

/** @returns a hash of a text that is another one tomorrow, and after a restart */
export function openDailyHash(clock: Clock): (text: string) => string {
  let day = { number: NaN, key: newKey() }
  return (text) => {
    const number = Math.floor(clock.now().getTime() / 86_400_000)
    if (number !== day.number) day = { number, key: newKey() }
    return createHmac('sha256', day.key).update(text).digest('base64')
  }
}

const newKey = () => createSecretKey(randomBytes(32))
