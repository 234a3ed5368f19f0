// Before an SQLite file is replaced: nobody works with it, and its owner knows that it goes.
import { existsSync, rmSync } from 'node:fs'
import { CopyRefused, isInUse } from '../db/copy.ts'
import { isDamage } from '../db/integrity.ts'
import { refuseServed } from '../db/is-served.ts'
import { openDatabase } from '../db/open.ts'

export async function makeWay(file: string, force: boolean): Promise<void> {
  if (!existsSync(file)) return
  if ((await holdsSomething(file)) && !force) {
    throw new CopyRefused('The database is not empty. Nothing was changed. --force overwrites it.')
  }
  // what is left of it beside the file would be taken for a part of the new one
  for (const suffix of ['-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true })
}

/** One that is damaged does; that, too, can be what a restore is for. Throws when a site runs on it. */
async function holdsSomething(file: string): Promise<boolean> {
  try {
    const db = await openDatabase({ kind: 'sqlite', file })
    try {
      await refuseServed(db, 'sqlite')
      return await isInUse(db)
    } finally {
      await db.destroy()
    }
  } catch (fault) {
    if (isDamage(fault)) return true
    throw fault
  }
}
