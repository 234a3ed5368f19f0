// Whether this process can do its work: what /readyz means (docs/operating.md, "What to watch").
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Context } from '../context.ts'
import { tryToWrite } from '../db/try-to-write.ts'
import { versionFault } from '../db/migrate.ts'
import type { MailWorker } from '../mail/worker.ts'

/** What is missing, one short sentence each; nothing when all is well. */
export type Readiness = () => Promise<string[]>

/** Anybody may ask, and asking takes a moment of the database: the answer holds for so long. */
const holdsMs = 1000
const databaseWithinMs = 5000
const leastFreeBytes = 20_000_000

export function openReadiness(ctx: Context, worker: MailWorker): Readiness {
  let last: { at: number; missing: Promise<string[]> } | null = null
  return () => {
    const at = performance.now()
    if (last === null || at - last.at > holdsMs) last = { at, missing: look(ctx, worker) }
    return last.missing
  }
}

async function look(ctx: Context, worker: MailWorker): Promise<string[]> {
  const found = [mailFault(worker), await databaseFault(ctx), await diskFault(ctx)]
  const missing = found.filter((each) => each !== null)
  if (missing.length > 0) ctx.log.error({ missing }, 'not ready')
  return missing
}

function mailFault(worker: MailWorker): string | null {
  switch (worker.state()) {
    case 'off':
    case 'running':
      return null
    case 'stuck':
      return 'mail: the worker has stood still for minutes'
    case 'stopping':
      return 'the site is stopping'
  }
}

async function databaseFault({ db, config, log }: Context): Promise<string | null> {
  const { kind } = config.database
  const asked = (async () => {
    const fault = await versionFault(db, kind)
    if (fault !== null) return `database: it was made by ${fault} version of Undersigned`
    await tryToWrite(db)
    return null
  })()
  try {
    return await within(databaseWithinMs, asked)
  } catch (fault) {
    log.error({ err: fault }, 'the database does not answer, or takes no changes')
    return 'database: it does not answer, or takes no changes'
  }
}

/** Also ends when the other side is silent, as a database behind a broken line is. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, tooLate])
  } finally {
    clearTimeout(timer)
  }
}

async function diskFault({ config: { database } }: Context): Promise<string | null> {
  if (database.kind !== 'sqlite') return null
  try {
    const { bavail, bsize } = await statfs(dirname(database.file))
    return bavail * bsize < leastFreeBytes ? 'disk: it is full' : null
  } catch {
    return 'disk: the folder of the database is gone'
  }
}
