// What was overwritten or deleted must not stay in the files (product.md P-3, P-7, P-9). In SQLite two
// things keep it: the write-ahead log until it is emptied, and, although secure_delete is on, gaps in
// pages whose rows were moved to other pages; only writing the file anew removes those.
// For PostgreSQL see docs/operating.md, "What deleting means".
import { once } from 'node:events'
import { statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { sql } from 'kysely'
import { isLarge } from './integrity.ts'
import type { DatabaseKind } from './open.ts'
import type { Db } from './schema.ts'

/** Moves all that was written into the database file and empties the log; later, if it is in use. */
export async function scrub(db: Db, kind: DatabaseKind): Promise<void> {
  if (kind !== 'sqlite') return
  await withoutWaiting(db, async (connection) => {
    await sql`pragma wal_checkpoint(truncate)`.execute(connection)
  })
}

/**
 * Writes the whole file anew, without anything that was deleted: in a thread of its own (rewrite-thread.ts),
 * so that whoever reads is served. Whoever writes waits, a second or two for 100 MB.
 * @returns false when somebody else was writing: to be tried again
 */
export async function rewrite(db: Db, kind: DatabaseKind): Promise<boolean> {
  if (kind !== 'sqlite') return true
  return db.connection().execute(async (connection) => {
    // from here on the file is ours (sqlite-dialect.ts)
    const { rows } = await sql<{ file: string }>`pragma database_list`.execute(connection)
    return inThread(rows[0]?.file ?? '')
  })
}

async function inThread(file: string): Promise<boolean> {
  const thread = new Worker(new URL('rewrite-thread.ts', import.meta.url), { workerData: { file } })
  let isDone = false
  thread.once('message', (told: boolean) => (isDone = told))
  await once(thread, 'exit')
  return isDone
}

/** The same, here: what nobody may wait for in the thread that serves. */
export async function rewriteHere(db: Db): Promise<boolean> {
  const isDone = await withoutWaiting(db, async (connection) => {
    try {
      await keepCopyOnDisk(connection)
      await sql`vacuum`.execute(connection)
      return true
    } catch (fault) {
      if (String((fault as { code?: unknown }).code).startsWith('SQLITE_BUSY')) return false
      throw fault
    }
  })
  await scrub(db, 'sqlite')
  return isDone
}

/** The copy that SQLite makes meanwhile is as large as the file. One that is large goes beside it. */
async function keepCopyOnDisk(connection: Db): Promise<void> {
  if (!(await isLarge(connection))) return
  const { rows } = await sql<{ file: string }>`pragma database_list`.execute(connection)
  const file = rows[0]?.file ?? ''
  const { bavail, bsize } = statfsSync(dirname(file))
  // the copy, and the log of all that is written into the file
  if (bavail * bsize < 2 * statSync(file).size) {
    throw new Error('There is no room on the disk to write the database file anew: twice its size')
  }
  await sql`pragma temp_store_directory = ${sql.lit(dirname(file))}`.execute(connection)
  await sql`pragma temp_store = file`.execute(connection)
}

/**
 * Makes the database one file without a log beside it, until it is opened the next time.
 * @returns false when another process has it open
 */
export async function foldIntoOneFile(db: Db): Promise<boolean> {
  return withoutWaiting(db, async (connection) => {
    try {
      const { rows } = await sql<{ journal_mode: string }>`
        pragma journal_mode = delete
      `.execute(connection)
      return rows[0]?.journal_mode === 'delete'
    } catch (fault) {
      if (String((fault as { code?: unknown }).code).startsWith('SQLITE_BUSY')) return false
      throw fault
    }
  })
}

/** Writes the database as it is now into an empty file, without anything that was deleted. */
export async function vacuumInto(db: Db, file: string): Promise<void> {
  await sql`vacuum into ${file}`.execute(db)
}

/** Another one whenever anybody has changed the database, this process or another; '' if unknown. */
export async function changeMark(db: Db, kind: DatabaseKind): Promise<string> {
  if (kind !== 'sqlite') return ''
  return db.connection().execute(async (connection) => {
    const others = await sql<{ data_version: number }>`pragma data_version`.execute(connection)
    const own = await sql<{ n: number }>`select total_changes() as n`.execute(connection)
    return `${others.rows[0]?.data_version} ${own.rows[0]?.n}`
  })
}

/** Another process that reads or writes, a backup for example, must not make the site wait. */
async function withoutWaiting<T>(db: Db, use: (connection: Db) => Promise<T>): Promise<T> {
  return db.connection().execute(async (connection) => {
    const { rows } = await sql<{ timeout: number }>`pragma busy_timeout`.execute(connection)
    await sql`pragma busy_timeout = 0`.execute(connection)
    try {
      return await use(connection)
    } finally {
      await sql`pragma busy_timeout = ${sql.lit(rows[0]?.timeout ?? 10_000)}`.execute(connection)
    }
  })
}
