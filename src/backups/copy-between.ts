// Copies one database into another: undersigned copy-database, and the backup and restore of PostgreSQL.
import { existsSync } from 'node:fs'
import type { Config } from '../config.ts'
import { copyDatabase, CopyRefused } from '../db/copy.ts'
import { isServed, refuseServed } from '../db/is-served.ts'
import { refuseUnusable } from '../db/migrate.ts'
import { openDatabase } from '../db/open.ts'

type Place = Config['database']

export interface Options {
  /** overwrite what is there */
  force: boolean
  /** told every now and then, in words */
  progress: (text: string) => void
}

/**
 * As it is at one instant, whatever others write meanwhile.
 * @returns how many rows were copied and found the same
 */
export async function copyBetween(
  source: Place,
  target: Place,
  { force, progress }: Options,
): Promise<number> {
  const from = await openDatabase(source)
  const to = await openDatabase(target)
  try {
    // once connected, it counts as somebody who works with its database: nobody copies one onto itself
    await refuseUnusable(from, source.kind)
    await refuseServed(to, target.kind)
    return await copyDatabase(
      { db: from, kind: source.kind },
      { db: to, kind: target.kind },
      { force, progress: (doing, table, rows) => progress(`${table}: ${rows} rows ${doing}`) },
    )
  } finally {
    await to.destroy()
    await from.destroy()
  }
}

/** For a site that moves: nobody may write any more into the database that it leaves. */
export async function moveBetween(source: Place, target: Place, options: Options): Promise<number> {
  if (source.kind === 'sqlite' && !existsSync(source.file)) {
    throw new CopyRefused(`${source.file} does not exist.`)
  }
  if (await isServedAt(source)) {
    throw new CopyRefused(
      'The site runs on the database to copy from: what it writes meanwhile would be lost. ' +
        'Stop it first, or copy from a backup to try it out.',
    )
  }
  return copyBetween(source, target, options)
}

async function isServedAt(place: Place): Promise<boolean> {
  const db = await openDatabase(place)
  try {
    return await isServed(db, place.kind)
  } finally {
    await db.destroy()
  }
}
