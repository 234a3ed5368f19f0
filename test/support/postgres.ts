// A real PostgreSQL server for the tests: thrown away afterwards, and never outliving its parent.
import { randomBytes } from 'node:crypto'
import { Pool } from 'pg'
import { startServer } from './postgres-server.ts'

export type Postgres = {
  /** Connection string of a database on this server. */
  url(database: string): string
  /** Makes a fresh database: a copy of the one named, which nobody may be connected to, or empty. */
  createDatabase(template?: string): Promise<string>
  /** Each takes 8 MB: drop it when its test is over. Open connections are cut. */
  dropDatabase(url: string): Promise<void>
  /** Stops a server started here; on somebody else's, drops the databases made here. */
  stop(): Promise<void>
}

/** `TEST_DATABASE_URL` names a server on which we may create databases; without it one is started. */
export async function startPostgres(): Promise<Postgres> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return databasesOn(given)
  const server = await startServer()
  return databasesOn(server.url, () => server.stop())
}

function databasesOn(server: string, stopServer?: () => Promise<void>): Postgres {
  // to connect takes PostgreSQL longer than to copy a database
  const admin = new Pool({ connectionString: server, max: 1, allowExitOnIdle: true })
  admin.on('error', () => {}) // idle while the server was stopped
  const made = new Set<string>()
  const url = (database: string) => urlOfDatabase(server, database)
  const drop = async (name: string) => {
    if (!made.delete(name)) throw new Error(`Database ${name} was not made here.`)
    await admin.query(`drop database if exists ${name} with (force)`)
  }
  return {
    url,
    async createDatabase(template = 'template0') {
      const name = `test_${randomBytes(6).toString('hex')}`
      await admin.query(`create database ${name} template ${template}`)
      made.add(name)
      return url(name)
    },
    dropDatabase: (database) => drop(nameOfDatabase(database)),
    async stop() {
      if (!stopServer) for (const name of made) await drop(name)
      await admin.end()
      await stopServer?.()
    },
  }
}

/** Exchanges the database in a connection string; `new URL` refuses those without a host. */
function urlOfDatabase(server: string, database: string): string {
  return server.replace(/^(\w+:\/\/[^/?]*)[^?]*/, `$1/${database}`)
}

/** The database that a connection string names. */
export function nameOfDatabase(url: string): string {
  return /^\w+:\/\/[^/?]*\/([^?]*)/.exec(url)?.[1] ?? ''
}
