// Writes a SQLite file anew (scrub.ts), in a thread of its own. It tells whether it was done.
import { parentPort, workerData } from 'node:worker_threads'
import { openDatabase } from './open.ts'
import { rewriteHere } from './scrub.ts'

const { file } = workerData as { file: string }
const db = await openDatabase({ kind: 'sqlite', file })
try {
  // a thread has no origin
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(await rewriteHere(db))
} finally {
  await db.destroy()
}
