// Writes a list of any length straight into the tables of a SQLite file, as if all had signed and
// confirmed: endorsements, entries of the list in every order, and counts.
import { createHash } from 'node:crypto'
import Sqlite from 'better-sqlite3'
import type { Vault } from '../src/privacy/vault.ts'
import { sortKeysOf } from '../src/signatories/order.ts'
import { foldForSearch } from '../src/text/fold.ts'
import { nextPerson } from './people.ts'

const at = '2026-11-21T12:00:00.000Z'
const atOnce = 10_000
const languages = ['en', 'es', 'fr', 'ru', 'ar', 'en', 'es']
const verifications = ['email', 'email', 'email', 'domain', 'email', 'imported', 'coordinator']

interface Entry {
  id: string
  number: number
  type: 'organisation' | 'individual'
  name: string
  acronym: string | null
  affiliation: string | null
  role: string | null
  country: string
  verification: string
  language: string
  day: string
  at: string
  folded: string
  hash: string
  /** sealed, as are the details */
  address: string
  details: string
}

/** @param slug of a statement in the file, which nobody has endorsed yet */
export function writeNames(file: string, slug: string, howMany: number, vault: Vault): void {
  const db = new Sqlite(file)
  // throw-away: nothing else reads it
  for (const pragma of ['foreign_keys = off', 'synchronous = off', 'secure_delete = off']) {
    db.pragma(pragma)
  }
  const write = inserts(db, slug, vault.keyId)
  const cells = new Map<string, number>()
  withoutIndexes(db, () => {
    for (let first = 1; first <= howMany; first += atOnce) {
      db.transaction(() => {
        for (let n = first; n < first + atOnce && n <= howMany; n += 1) {
          const entry = entryOf(n, vault)
          write(entry)
          const cell = `${entry.type} ${entry.country}`
          cells.set(cell, (cells.get(cell) ?? 0) + 1)
        }
      })()
    }
  })
  for (const [cell, n] of cells) writeTally(db, slug, cell, n)
  for (const key of [
    ['listed_counts', 'statement_id, type, country, verification, language'],
    ['listed_days', 'statement_id, confirmed_on, type, country'],
  ]) {
    const [table, columns] = key
    db.exec(`insert into ${table} (${columns}, n)
      select ${columns}, count(*) from signatories group by ${columns}`)
  }
  db.close()
}

/** Made anew at the end, in one go, which is many times as fast as row by row. */
function withoutIndexes(db: Sqlite.Database, fill: () => void): void {
  const indexes = db
    .prepare(
      `select name, sql from sqlite_master where type = 'index' and sql is not null
        and tbl_name in ('endorsements', 'signatories', 'signatory_order')`,
    )
    .all() as { name: string; sql: string }[]
  for (const { name } of indexes) db.exec(`drop index ${name}`)
  fill()
  for (const { sql } of indexes) db.exec(sql)
  db.exec('analyze')
}

function entryOf(n: number, vault: Vault): Entry {
  const person = nextPerson()
  const { name = '', country = '', acronym = null, affiliation = null, role = null } = person
  const hash = createHash('sha256').update(`name ${n}`).digest('base64url')
  const { email = '', website = null, contact_name: contactName = null } = person
  const details = { name, acronym, website, contactName, affiliation, role }
  const texts = [name, acronym, affiliation].filter(Boolean)
  const seconds = new Date(Date.parse(at) - 1000 * n).toISOString()
  return {
    id: hash.slice(0, 22),
    hash,
    address: vault.seal('address', hash, email),
    details: vault.seal('details', hash, JSON.stringify(details)),
    number: n,
    type: person['type'] === 'organisation' ? 'organisation' : 'individual',
    name,
    acronym,
    affiliation,
    role,
    country,
    language: languages[n % languages.length] ?? '',
    verification: verifications[(n >> 3) % verifications.length] ?? '',
    at: seconds,
    day: seconds.slice(0, 10),
    folded: foldForSearch(texts.join(' ')),
  }
}

function inserts(db: Sqlite.Database, slug: string, keyId: string): (entry: Entry) => void {
  const ids = db
    .prepare(
      `select s.id as statement, l.text_version_id as text from statements s
        join language_versions l on l.statement_id = s.id and l.language = 'en' where s.slug = ?`,
    )
    .get(slug) as { statement: string; text: string } | undefined
  if (ids === undefined) throw new Error(`There is no ${slug}`)
  const endorsement = db.prepare(
    `insert into endorsements (id, statement_id, type, state, key_id, address_hash, capacity_hash,
      address_sealed, details_sealed, country, visibility, language, text_version_id, flags, updates,
      verification, number, signed_at, confirmed_at, reminded, revision)
     values (@id, '${ids.statement}', @type, 'confirmed', '${keyId}', @hash, @hash, @address,
      @details, @country, 'listed', @language, '${ids.text}', '[]', 0, @verification, @number,
      @at, @at, 0, 1)`,
  )
  const signatory = db.prepare(
    `insert into signatories (endorsement_id, statement_id, number, type, name, acronym, affiliation,
      role, country, verification, confirmed_on, language, late, search_text)
     values (@id, '${ids.statement}', @number, @type, @name, @acronym, @affiliation, @role, @country,
      @verification, @day, @language, 0, @folded)`,
  )
  const place = db.prepare(
    `insert into signatory_order (endorsement_id, statement_id, collation, sort_key, country,
      verification, language)
     values (@id, '${ids.statement}', @collation, @key, @country, @verification, @language)`,
  )
  return (entry) => {
    endorsement.run(entry)
    signatory.run(entry)
    for (const { collation, key } of sortKeysOf(entry)) place.run({ ...entry, collation, key })
  }
}

function writeTally(db: Sqlite.Database, slug: string, cell: string, n: number): void {
  const [type, country] = cell.split(' ')
  db.prepare(
    `insert into tallies (statement_id, type, visibility, country, n, changed_at)
     select id, ?, 'listed', ?, ?, ? from statements where slug = ?`,
  ).run(type, country, n, at, slug)
}
