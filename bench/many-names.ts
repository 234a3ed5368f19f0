// Writes a list of any length straight into the tables of a SQLite file: names as their entries on the
// list are, all public, in the order of English.
import Sqlite from 'better-sqlite3'
import { sortKeysOf } from '../src/signatories/order.ts'
import { collationOf } from '../src/text/collation.ts'
import { foldForSearch } from '../src/text/fold.ts'
import { nextPerson } from './people.ts'

const at = '2026-11-21T12:00:00.000Z'
const atOnce = 10_000
const collation = collationOf('en')

/** @param slug of a statement in the file, which nobody has endorsed yet */
export function writeNames(file: string, slug: string, howMany: number): void {
  const db = new Sqlite(file)
  // throw-away: nothing else reads it, and there are no endorsements behind the names
  for (const pragma of ['foreign_keys = off', 'synchronous = off', 'secure_delete = off']) {
    db.pragma(pragma)
  }
  const statement = db.prepare('select id from statements where slug = ?').pluck().get(slug)
  if (typeof statement !== 'string') throw new Error(`There is no ${slug}`)
  const write = inserts(db, statement)
  const tallies = new Map<string, number>()
  for (let first = 1; first <= howMany; first += atOnce) {
    db.transaction(() => {
      for (let n = first; n < first + atOnce && n <= howMany; n += 1) {
        const cell = write(n)
        tallies.set(cell, (tallies.get(cell) ?? 0) + 1)
      }
    })()
  }
  for (const [cell, n] of tallies) writeTally(db, statement, cell, n)
  db.close()
}

function inserts(db: Sqlite.Database, statement: string): (n: number) => string {
  const entry = db.prepare(
    `insert into signatories (endorsement_id, statement_id, number, type, name, acronym, affiliation,
      role, country, verification, confirmed_on, language, late, search_text)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'email', ?, 'en', 0, ?)`,
  )
  const place = db.prepare(
    'insert into signatory_order (endorsement_id, statement_id, collation, sort_key) values (?, ?, ?, ?)',
  )
  return (n) => {
    const { type = '', name = '', acronym, affiliation, role, country } = nextPerson()
    const id = `name-${n}`
    const texts = [acronym, affiliation, role].map((text) => text ?? null)
    const day = at.slice(0, 10)
    entry.run(id, statement, n, type, name, ...texts, country, day, foldForSearch(name))
    const kind = type === 'organisation' ? type : 'individual'
    const key = sortKeysOf({ type: kind, name }).find((each) => each.collation === collation)
    place.run(id, statement, collation, key?.key)
    return `${type} ${country}`
  }
}

function writeTally(db: Sqlite.Database, statement: string, cell: string, n: number): void {
  const [type, country] = cell.split(' ')
  db.prepare(
    `insert into tallies (statement_id, type, visibility, country, n, changed_at)
     values (?, ?, 'listed', ?, ?, ?)`,
  ).run(statement, type, country, n, at)
}
