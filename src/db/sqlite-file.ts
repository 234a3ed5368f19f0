// One connection to a SQLite file. A site has one that writes, and others that see only what is stored.
import type BetterSqlite3 from 'better-sqlite3'
import type { CompiledQuery, QueryResult } from 'kysely'
import { createRequire } from 'node:module'

const mostPrepared = 500

export class SqliteFile {
  readonly #database: BetterSqlite3.Database
  /** Kysely would prepare every query anew, which costs more than running most of ours. */
  readonly #prepared = new Map<string, BetterSqlite3.Statement>()

  constructor(database: BetterSqlite3.Database) {
    this.#database = database
  }

  execute<R>({ sql, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>): QueryResult<R> {
    const statement = this.#prepare(sql)
    if (statement.reader) return { rows: statement.all(parameters) as R[] }
    const { changes, lastInsertRowid } = statement.run(parameters)
    return { insertId: BigInt(lastInsertRowid), numAffectedRows: BigInt(changes), rows: [] }
  }

  run(command: string): void {
    this.#prepare(command).run()
  }

  onlyReads(sql: string): boolean {
    return this.#prepare(sql).readonly
  }

  isInTransaction(): boolean {
    return this.#database.inTransaction
  }

  close(): void {
    this.#database.close()
  }

  #prepare(sql: string): BetterSqlite3.Statement {
    const known = this.#prepared.get(sql)
    if (known) return known
    if (this.#prepared.size >= mostPrepared) this.#prepared.clear()
    const prepared = this.#database.prepare(sql)
    this.#prepared.set(sql, prepared)
    return prepared
  }
}

export function openToWrite(file: string): SqliteFile {
  const database = open(file, {})
  // the order matters: choosing WAL resets better-sqlite3 to synchronous=NORMAL
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.pragma('secure_delete = ON')
  // 16 MB: of what was written several times until then, the file gets the last only
  database.pragma('wal_autocheckpoint = 4000')
  return new SqliteFile(database)
}

export function openToRead(file: string): SqliteFile {
  return new SqliteFile(open(file, { readonly: true }))
}

function open(file: string, options: BetterSqlite3.Options): BetterSqlite3.Database {
  const Sqlite = loadSqlite()
  const database = new Sqlite(file, options)
  database.pragma('busy_timeout = 10000')
  // what is sorted or written anew must not leave a copy in a temporary file
  database.pragma('temp_store = MEMORY')
  // the library's 16 MB are no faster: what is read again and again fits, the rest is in the system's
  database.pragma('cache_size = -8000')
  return database
}

function loadSqlite(): typeof BetterSqlite3 {
  if (Number(process.versions['napi'] ?? 0) < 10) {
    throw new Error(
      `Node ${process.version} is too old for the database library. ` +
        'Start through npm (npm start, npm run undersigned -- …), which brings Node 24 along.',
    )
  }
  return createRequire(import.meta.url)('better-sqlite3') as typeof BetterSqlite3
}
