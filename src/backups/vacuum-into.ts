// A thread of its own, so that the command can tell meanwhile how far it is. The statement reads the
// database as it is at one instant, lets everybody write meanwhile, and copies nothing that was deleted.
import { workerData } from 'node:worker_threads'
import { openDatabase } from '../db/open.ts'
import { vacuumInto } from '../db/scrub.ts'

const { from, to } = workerData as { from: string; to: string }
const db = await openDatabase({ kind: 'sqlite', file: from })
await vacuumInto(db, to)
await db.destroy()
