// After a command that deletes: nothing of it may be left in the database file.
import { setTimeout as pause } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { rewrite } from '../db/scrub.ts'

const tries = 50
const pauseMs = 100

export async function rewriteDatabase({ db, config }: Context): Promise<void> {
  for (let n = 0; n < tries; n += 1) {
    if (await rewrite(db, config.database.kind)) return
    await pause(pauseMs)
  }
  console.log('The database is in use; the site writes its file anew within the hour.')
}
