// Opens the database that DATABASE_URL names. SQLite for one machine, PostgreSQL for more.
import { type Driver, Kysely, PostgresDialect, PostgresDriver, type PostgresPool } from 'kysely'
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Config } from '../config.ts'
import { type Commits, countCommits } from './commits.ts'
import type { Db, Tables } from './schema.ts'
import { SharingSqliteDialect } from './sqlite-dialect.ts'

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
  mkdirSync(dirname(file), { recursive: true })
  return new Kysely<Tables>({ dialect: new SharingSqliteDialect(file, commits) })
}

/** until a server that says nothing, or of which all connections are at work, is taken to be away */
const patienceMs = 10_000

const mostConnections = 10

/** How many may write at the same time, so that whoever reads finds a connection. */
export function mostWriting({ kind }: Config['database']): number {
  // with SQLite those who write share a commit, and nobody who reads waits for them
  return kind === 'sqlite' ? Infinity : mostConnections / 2
}

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
    max: mostConnections,
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
