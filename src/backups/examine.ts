// A backup counts only after it was opened: whole, of a version we know, and sealed with our key.
import { findFaults, isDamage } from '../db/integrity.ts'
import { madeAt, refuseUnusable } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'
import type { Db } from '../db/schema.ts'
import { foldIntoOneFile } from '../db/scrub.ts'
import { checkKey } from '../privacy/open-vault.ts'
import { readContents } from './contents-store.ts'

export interface Contents {
  statements: number
  endorsements: number
  confirmed: number
  /** the latest instant that it knows of; kept to the minute */
  asOf: string | null
}

export class BadBackup extends Error {}

/** Opens a file that could be anything; when it is closed, there is nothing beside it. */
export async function withBackup<T>(file: string, use: (db: Db) => Promise<T>): Promise<T> {
  try {
    const db = await openDatabase({ kind: 'sqlite', file })
    try {
      const result = await use(db)
      await foldIntoOneFile(db)
      return result
    } finally {
      await db.destroy()
    }
  } catch (fault) {
    throw isDamage(fault) ? damaged(fault.message) : fault
  }
}

/** @param secret null: nobody knows it here, and it is not checked */
export async function examine(db: Db, secret: string | null): Promise<Contents> {
  const [fault] = await findFaults(db, 'sqlite')
  if (fault !== undefined) throw damaged(fault)
  await refuseUnusable(db, 'sqlite')
  if ((await madeAt(db)) === null) {
    throw new BadBackup('The file is not a database of Undersigned.')
  }
  if (secret !== null) await checkKey(db, secret)
  return readContents(db)
}

const damaged = (how: string) => new BadBackup(`The backup is damaged (${how}).`)
