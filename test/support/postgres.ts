// A real PostgreSQL server for the tests: thrown away afterwards, and never outliving its parent.
import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { startServer } from './postgres-server.ts'

export type Postgres = {
  /** Connection string of a database on this server. */
  url(database: string): string
  /** Makes a fresh database, a copy of the prepared one if there is a `prepare`. */
  createDatabase(): Promise<string>
  /** Each takes 8 MB: drop it when its test is over. Open connections are cut. */
  dropDatabase(url: string): Promise<void>
  /** Stops a server started here; on somebody else's, drops the databases made here. */
  stop(): Promise<void>
}

export type PostgresOptions = {
  /**
   * Fills the database that all others are copied from, e.g. by migrating it. Runs once, and must
   * close its connections: PostgreSQL copies no database that is in use.
   */
  prepare?: (url: string) => Promise<void>
}

/** `TEST_DATABASE_URL` names a server on which we may create databases; without it one is started. */
export async function startPostgres(options: PostgresOptions = {}): Promise<Postgres> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return databasesOn(given, options)
  const server = await startServer()
  return { ...databasesOn(server.url, options), stop: () => server.stop() }
}

function databasesOn(server: string, { prepare }: PostgresOptions): Postgres {
  const made = new Set<string>()
  const url = (database: string) => urlOfDatabase(server, database)
  const create = async (template: string) => {
    const name = `test_${randomBytes(6).toString('hex')}`
    await asAdmin(server, `create database ${name} template ${template}`)
    made.add(name)
    return name
  }
  const drop = async (name: string) => {
    if (!made.delete(name)) throw new Error(`Database ${name} was not made here.`)
    await asAdmin(server, `drop database if exists ${name} with (force)`)
  }
  const makeTemplate = async () => {
    if (!prepare) return 'template0'
    const name = await create('template0')
    await prepare(url(name))
    return name
  }
  let template: Promise<string> | undefined
  return {
    url,
    async createDatabase() {
      template ??= makeTemplate()
      return url(await create(await template))
    },
    dropDatabase: (database) => drop(nameOfDatabase(database)),
    async stop() {
      for (const name of made) await drop(name)
    },
  }
}

/** Exchanges the database in a connection string; `new URL` refuses those without a host. */
function urlOfDatabase(server: string, database: string): string {
  return server.replace(/^(\w+:\/\/[^/?]*)[^?]*/, `$1/${database}`)
}

function nameOfDatabase(url: string): string {
  return /^\w+:\/\/[^/?]*\/([^?]*)/.exec(url)?.[1] ?? ''
}

async function asAdmin(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
