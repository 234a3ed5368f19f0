// Loaded into the real program before anything else (node --import): writes down how SQLite was set
// whenever something was stored.
import { appendFileSync } from 'node:fs'
import Sqlite from 'better-sqlite3'

export interface NotedCommit {
  /** of the program */
  command: string
  /** PRAGMA synchronous (2 is FULL: what was stored is on the disk) and journal_mode */
  way: string
}

const file = process.env['NOTED_COMMITS'] ?? ''
/** What of the library is looked at. */
interface Library {
  prepare: (this: Sqlite.Database, sql: string) => Sqlite.Statement
}
const library = Sqlite.prototype as unknown as Library
const prepare = library.prepare

library.prepare = function note(sql) {
  const statement = prepare.call(this, sql)
  if (sql !== 'commit') return statement
  const run = statement.run.bind(statement)
  statement.run = (...parameters) => {
    // a snapshot ends with it as well
    if (!this.readonly) noteCommit(this)
    return run(...parameters)
  }
  return statement
}

function noteCommit(db: Sqlite.Database): void {
  const noted: NotedCommit = {
    command: process.argv[2] ?? '',
    way: ['synchronous', 'journal_mode'].map((name) => db.pragma(name, { simple: true })).join(' '),
  }
  appendFileSync(file, `${JSON.stringify(noted)}\n`)
}
