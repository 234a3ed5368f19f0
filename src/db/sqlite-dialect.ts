// SQLite for Kysely: whoever reads waits for nobody and sees what is stored; those who write take turns
// and share commits (docs/adr/0014).
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  SelectQueryNode,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  type TransactionSettings,
} from 'kysely'
import { type Commits, countCommits } from './commits.ts'
import { SharedCommit } from './shared-commit.ts'
import { openToRead, openToWrite, type SqliteFile } from './sqlite-file.ts'

/** Of those that have shown a snapshot, so many stay open for the next. */
const mostIdle = 2

class Files {
  readonly #file: string
  readonly writer: SqliteFile
  #reader: SqliteFile | null = null
  #idle: SqliteFile[] = []

  constructor(file: string) {
    this.#file = file
    this.writer = openToWrite(file)
  }

  get reader(): SqliteFile {
    return (this.#reader ??= openToRead(this.#file))
  }

  takeSnapshot(): SqliteFile {
    const file = this.#idle.pop() ?? openToRead(this.#file)
    file.run('begin deferred')
    return file
  }

  endSnapshot(file: SqliteFile): void {
    file.run('commit')
    if (this.#idle.length < mostIdle) this.#idle.push(file)
    else file.close()
  }

  /** They are opened again when somebody reads. */
  closeReaders(): void {
    for (const each of [this.#reader, ...this.#idle]) each?.close()
    this.#reader = null
    this.#idle = []
  }
}

/** These are no part of a transaction, and some of them want the file for themselves. */
const wantsAll = /^\s*(?:pragma|vacuum)/i

class SqliteConnection implements DatabaseConnection {
  readonly #files: Files
  readonly #turns: SharedCommit
  #snapshot: SqliteFile | null = null
  #holds: 'turn' | 'all' | null = null

  constructor(files: Files, turns: SharedCommit) {
    this.#files = files
    this.#turns = turns
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#snapshot !== null) return this.#snapshot.execute(query)
    if (this.#holds !== null) return this.#write(query)
    if (SelectQueryNode.is(query.query)) return this.#files.reader.execute(query)
    if (wantsAll.test(query.sql)) await this.#holdAll()
    else if (this.#files.writer.onlyReads(query.sql)) return this.#files.reader.execute(query)
    else return this.#writeAtOnce(query)
    return this.#write(query)
  }

  // eslint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncGenerator<QueryResult<R>> {
    throw new Error('Read page by page: a stream would hold up everyone else')
  }

  async begin({ accessMode }: TransactionSettings): Promise<void> {
    if (accessMode === 'read only') {
      this.#snapshot = this.#files.takeSnapshot()
      return
    }
    this.release()
    await this.#turns.begin()
    this.#holds = 'turn'
  }

  async commit(): Promise<void> {
    if (this.#snapshot !== null) return this.release()
    const stored = this.#turns.commit()
    this.#holds = null
    await stored
  }

  /** Also after a commit that failed, of which nothing is left. */
  rollback(): void {
    if (this.#holds !== 'turn') return this.release()
    this.#holds = null
    this.#turns.rollback()
  }

  release(): void {
    if (this.#snapshot !== null) this.#files.endSnapshot(this.#snapshot)
    if (this.#holds === 'all') this.#turns.release()
    this.#snapshot = null
    this.#holds = null
  }

  async #holdAll(): Promise<void> {
    await this.#turns.reserve()
    this.#holds = 'all'
    this.#files.closeReaders()
  }

  #write<R>(query: CompiledQuery): QueryResult<R> {
    if (this.#holds === 'turn') this.#turns.check()
    try {
      return this.#files.writer.execute(query)
    } catch (fault) {
      this.#turns.noteFault(fault)
      throw fault
    }
  }

  async #writeAtOnce<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    await this.begin({})
    try {
      const result = this.#write<R>(query)
      await this.commit()
      return result
    } catch (fault) {
      this.rollback()
      throw fault
    }
  }
}

class SharingDriver implements Driver {
  readonly #files: Files
  readonly #turns: SharedCommit

  constructor(files: Files) {
    this.#files = files
    this.#turns = new SharedCommit(files.writer)
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<SqliteConnection> {
    return new SqliteConnection(this.#files, this.#turns)
  }

  async beginTransaction(connection: SqliteConnection, settings: TransactionSettings) {
    await connection.begin(settings)
  }

  async commitTransaction(connection: SqliteConnection): Promise<void> {
    await connection.commit()
  }

  async rollbackTransaction(connection: SqliteConnection): Promise<void> {
    connection.rollback()
  }

  async releaseConnection(connection: SqliteConnection): Promise<void> {
    connection.release()
  }

  async destroy(): Promise<void> {
    this.#turns.close()
    // the one that writes last, so that it can put everything into the one file
    this.#files.closeReaders()
    this.#files.writer.close()
  }
}

class SharingAdapter extends SqliteAdapter {
  /** Lets migrations run in one transaction: two starts migrate once. */
  override get supportsTransactionalDdl(): boolean {
    return true
  }
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

/** @param commits counts the transactions that may have changed something */
export class SharingSqliteDialect extends SqliteDialect {
  readonly #files: Files
  readonly #commits: Commits

  constructor(file: string, commits: Commits) {
    // nothing of it is used but how queries are written
    super({} as SqliteDialectConfig)
    this.#files = new Files(file)
    this.#commits = commits
  }
  override createDriver() {
    return countCommits(new SharingDriver(this.#files), this.#commits)
  }
  override createAdapter(): SqliteAdapter {
    return new SharingAdapter()
  }
}
