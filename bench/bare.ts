// What disk and SQLite allow: better-sqlite3 alone, without a site and without Kysely, as durable as ours.
import Sqlite from 'better-sqlite3'
import { randomBytes } from 'node:crypto'

const signOns = 10_000
/** as many as come to the site at the same time */
const perCommit = 10

function open(file: string): Sqlite.Database {
  const db = new Sqlite(file)
  const pragmas = ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON']
  for (const pragma of [...pragmas, 'secure_delete = ON', 'wal_autocheckpoint = 4000']) {
    db.pragma(pragma)
  }
  return db
}

/** One small row each. @returns how many in a second */
export function bareCommits(file: string): number {
  const db = open(file)
  db.exec('create table rows (row text)')
  const insert = db.prepare('insert into rows values (?)')
  const started = performance.now()
  let n = 0
  for (; performance.now() - started < 1000; n += 1) insert.run('x'.repeat(200))
  db.close()
  return n
}

type Row = Record<string, string | number | null>

/**
 * What a sign-on writes, into the tables of a site that somebody has signed, by statements that do the same as
 * the site's. @returns how many in a second
 */
export function bareSignOns(file: string): number {
  const db = open(file)
  const endorsement = db.prepare(`select * from endorsements where state = 'pending'`).get() as Row
  const consent = db.prepare('select * from consents').get() as Row
  const rows = Array.from({ length: signOns }, () => likeThese(endorsement, consent))
  const endorse = db.prepare(
    `${insertInto('endorsements', endorsement)} on conflict (capacity_hash) where state <> 'withdrawn'
    do update set details_sealed = excluded.details_sealed returning id, state`,
  )
  const agree = db.prepare(
    `${insertInto('consents', consent)} on conflict (endorsement_id)
    do update set given_at = excluded.given_at`,
  )
  const queue = db.prepare(insertInto('outbox', rows[0]?.mail ?? {}))
  const write = db.transaction((several: typeof rows) => {
    for (const row of several) {
      endorse.get(row.endorsement)
      agree.run(row.consent)
      queue.run(row.mail)
    }
  })
  const started = performance.now()
  for (let at = 0; at < signOns; at += perCommit) write.immediate(rows.slice(at, at + perCommit))
  const seconds = (performance.now() - started) / 1000
  db.close()
  return signOns / seconds
}

function insertInto(table: string, row: Row): string {
  const columns = Object.keys(row)
  return `insert into ${table} (${columns.join()}) values (${columns.map((name) => `@${name}`).join()})`
}

/** Other people’s rows, as long as these: what is hashed or sealed is as good as random. */
function likeThese(endorsement: Row, consent: Row) {
  const id = like(endorsement['id'])
  const now = new Date().toISOString()
  const secret = ['address_hash', 'capacity_hash', 'address_sealed', 'details_sealed']
  const mail: Row = {
    id: like(id),
    state: 'queued',
    kind: 'sign-on',
    statement_id: endorsement['statement_id'] ?? null,
    endorsement_id: id,
    language: 'en',
    recipient_sealed: like(endorsement['address_sealed']),
    attempts: 0,
    due_at: now,
    claimed_by: null,
    fault: null,
    created_at: now,
    update_id: null,
  }
  const sealed = Object.fromEntries(secret.map((name) => [name, like(endorsement[name])]))
  return {
    endorsement: { ...endorsement, ...sealed, id },
    consent: { ...consent, endorsement_id: id },
    mail,
  }
}

function like(value: unknown): string {
  const { length } = String(value)
  return randomBytes(length).toString('base64url').slice(0, length)
}
