// A damaged file is not served: what is read from it may be wrong, and what is written may be lost.
import { existsSync } from 'node:fs'
import type { Config } from '../config.ts'
import { findFaultsQuickly, isDamage, isNoDatabase } from './integrity.ts'
import { openDatabase } from './open.ts'
import type { Db } from './schema.ts'

export class DamagedDatabase extends Error {
  /** @param fault SQLite's words; the whole file may be something else */
  constructor(fault: string, isNone = false) {
    const what = isNone
      ? `The database file cannot be used: ${fault}. See DATABASE_URL. If it was a database, keep it`
      : `The database is damaged (${fault}). Keep the file`
    super(
      `${what} for whoever can help, ` +
        'and restore the newest backup (docs/operating.md, "When something goes wrong").',
    )
  }
}

/**
 * Throws DamagedDatabase. Looks for a moment only; "undersigned doctor --thorough" looks at everything.
 * @param wholeUpTo bytes of a file that is looked at as a whole; of a larger one the small tables are
 */
export async function refuseDamaged(
  database: Config['database'],
  wholeUpTo?: number,
): Promise<void> {
  // PostgreSQL sees to its own files
  if (database.kind !== 'sqlite' || !existsSync(database.file)) return
  let db: Db | null = null
  try {
    db = await openDatabase(database)
    const [fault] = await findFaultsQuickly(db, wholeUpTo)
    if (fault !== undefined) throw new DamagedDatabase(fault)
  } catch (fault) {
    throw isDamage(fault) ? new DamagedDatabase(fault.message, isNoDatabase(fault)) : fault
  } finally {
    await db?.destroy()
  }
}
