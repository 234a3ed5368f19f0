// undersigned backup: the whole database as one SQLite file, whatever the site runs on. The site goes
// on meanwhile; all that it had answered for before is in it.
import { existsSync, statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { Config } from '../config.ts'
import { CopyRefused } from '../db/copy.ts'
import { readSecretKey } from '../privacy/read-secret-key.ts'
import { copyBetween, type Options } from './copy-between.ts'
import { type Contents, examine, withBackup } from './examine.ts'
import { writeWhole } from './new-file.ts'

type Setting = Pick<Config, 'database' | 'secretKey'>

/** Throws CopyRefused, BadBackup and what opening a database throws; then there is no backup. */
export async function backUp(
  { database, secretKey }: Setting,
  file: string,
  options: Options,
): Promise<Contents> {
  if (existsSync(file) && !options.force) {
    throw new CopyRefused(`${file} is there already. --force overwrites it.`)
  }
  if (database.kind === 'sqlite' && !existsSync(database.file)) {
    throw new CopyRefused(`${database.file} does not exist. Is DATABASE_URL right?`)
  }
  return writeWhole(file, async (unfinished) => {
    if (database.kind === 'sqlite') await vacuumInto(database.file, unfinished, options)
    else await copyBetween(database, { kind: 'sqlite', file: unfinished }, options)
    options.progress('checking the backup')
    return withBackup(unfinished, (db) => examine(db, readSecretKey(secretKey)))
  })
}

const tellEveryMs = 1000

async function vacuumInto(from: string, to: string, { progress }: Options): Promise<void> {
  const timer = setInterval(() => {
    progress(`${Math.round(statSync(to).size / 1e6)} of some ${megabytesOf(from)} MB`)
  }, tellEveryMs)
  const worker = new Worker(new URL('./vacuum-into.ts', import.meta.url), {
    workerData: { from, to },
  })
  try {
    await new Promise<void>((resolve, reject) => {
      worker.once('error', reject)
      worker.once('exit', () => resolve())
    })
  } finally {
    clearInterval(timer)
  }
}

const megabytesOf = (file: string) => Math.round(statSync(file).size / 1e6)
