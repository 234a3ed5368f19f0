// undersigned restore: brings a backup back, into SQLite or PostgreSQL. The backup is examined before
// anything is touched, and what is there is overwritten only when that is asked for.
import { chmodSync, copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Config } from '../config.ts'
import { CopyRefused } from '../db/copy.ts'
import { migrate } from '../db/migrate.ts'
import { readSecretKey } from '../privacy/read-secret-key.ts'
import { copyBetween, type Options } from './copy-between.ts'
import { type Contents, examine, withBackup } from './examine.ts'
import { makeWay } from './make-way.ts'
import { ownerOnly, withUnfinished, writeWhole } from './new-file.ts'

type Setting = Pick<Config, 'database' | 'secretKey'>

export interface RestoreOptions extends Options {
  /** told what is in the backup, before anything is changed */
  found: (contents: Contents) => void
}

/** Throws CopyRefused, BadBackup, KeyDoesNotFit and NewerDatabase; then nothing was changed. */
export async function restore(
  { database, secretKey }: Setting,
  file: string,
  options: RestoreOptions,
): Promise<void> {
  if (!existsSync(file)) throw new CopyRefused(`${file} does not exist.`)
  const secret = readSecretKey(secretKey)
  if (database.kind === 'postgres') {
    await withUnfinished(file, async (copy) => {
      options.found(await openCopy(file, copy, secret))
      await copyBetween({ kind: 'sqlite', file: copy }, database, options)
    })
    return
  }
  mkdirSync(dirname(database.file), { recursive: true })
  await writeWhole(database.file, async (copy) => {
    options.found(await openCopy(file, copy, secret))
    await makeWay(database.file, options.force)
  })
}

/** Works on a copy: a backup of an older version is brought up to date, and stays as it is. */
async function openCopy(file: string, copy: string, secret: string | null): Promise<Contents> {
  copyFileSync(file, copy)
  // it took over who may read the backup as well
  chmodSync(copy, ownerOnly)
  return withBackup(copy, async (db) => {
    const contents = await examine(db, secret)
    await migrate(db, 'sqlite')
    return contents
  })
}
