// Opens the database that DATABASE_URL names. SQLite for one machine, PostgreSQL for more.
import type BetterSqlite3 from 'better-sqlite3'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  PostgresDialect,
  PostgresDriver,
  type PostgresPool,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
  type TransactionSettings,
} from 'kysely'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { Config } from '../config.ts'
import { type Commits, countCommits } from './commits.ts'
import type { Db, Tables } from './schema.ts'

export type DatabaseKind = Config['database']['kind']

/** @param commits counts the transactions of this process that may have changed something */
export async function openDatabase(
  database: Config['database'],
  commits: Commits = { count: 0 },
): Promise<Db> {
  return database.kind === 'sqlite'
    ? openSqlite(database.file, commits)
    : openPostgres(database.url, commits)
}

function openSqlite(file: string, commits: Commits): Db {
  const Sqlite = loadSqlite()
  mkdirSync(dirname(file), { recursive: true })
  const database = new Sqlite(file)
  // the order matters: choosing WAL resets better-sqlite3 to synchronous=NORMAL
  database.pragma('busy_timeout = 10000')
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  database.pragma('secure_delete = ON')
  // what is sorted or written anew must not leave a copy in a temporary file
  database.pragma('temp_store = MEMORY')
  return new Kysely<Tables>({
    dialect: new ImmediateSqliteDialect(withPreparedKept(database), commits),
  })
}

const mostPrepared = 500

/** Kysely prepares every query anew, which costs more than running most of ours. */
function withPreparedKept(database: BetterSqlite3.Database): SqliteDatabase {
  const known = new Map<string, SqliteStatement>()
  return {
    close: () => void database.close(),
    prepare(query) {
      const kept = known.get(query)
      if (kept) return kept
      if (known.size >= mostPrepared) known.clear()
      const prepared = database.prepare(query) as unknown as SqliteStatement
      known.set(query, prepared)
      return prepared
    },
  }
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

/**
 * A transaction takes the write lock at its beginning, so that it can never fail half-way as busy; one
 * that only reads waits for nobody.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings = {},
  ): Promise<void> {
    const kind = settings.accessMode === 'read only' ? 'deferred' : 'immediate'
    await connection.executeQuery(CompiledQuery.raw(`begin ${kind}`))
  }
}

/** Lets migrations run in one transaction, under that same lock: two starts migrate once. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #database: SqliteDatabase
  readonly #commits: Commits
  constructor(database: SqliteDatabase, commits: Commits) {
    super({ database })
    this.#database = database
    this.#commits = commits
  }
  override createDriver(): SqliteDriver {
    return countCommits(new ImmediateSqliteDriver({ database: this.#database }), this.#commits)
  }
  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter()
  }
}

/** until a server that says nothing, or of which all connections are at work, is taken to be away */
const patienceMs = 10_000

class CountingPostgresDialect extends PostgresDialect {
  readonly #pool: PostgresPool
  readonly #commits: Commits
  constructor(pool: PostgresPool, commits: Commits) {
    super({ pool })
    this.#pool = pool
    this.#commits = commits
  }
  override createDriver(): Driver {
    return countCommits(new PostgresDriver({ pool: this.#pool }), this.#commits)
  }
}

async function openPostgres(url: string, commits: Commits): Promise<Db> {
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    application_name: 'undersigned',
    connectionTimeoutMillis: patienceMs,
    keepAlive: true,
  })
  // a connection that breaks is replaced by the pool; without a listener it would end the process, an idle
  // one as well as one that is at work and breaks between two queries
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return new Kysely<Tables>({ dialect: new CountingPostgresDialect(pool, commits) })
}
