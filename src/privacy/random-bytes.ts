// Random bytes for ids and nonces. The system is asked for many at a time, which takes as long as for
// few (crypto.randomUUID does the same).
import { randomFillSync } from 'node:crypto'

const pool = Buffer.alloc(4096)
let used = pool.length

/** @param size at most 4096; no byte is given twice, nor kept */
export function fewRandomBytes(size: number): Buffer {
  if (used + size > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const piece = Buffer.from(pool.subarray(used, used + size))
  pool.fill(0, used, used + size)
  used += size
  return piece
}
