// The limit of what can be written: better-sqlite3 alone, one row in each commit, on the disk before the
// next begins.
import Sqlite from 'better-sqlite3'
import { join } from 'node:path'
import { type Case, names, type Plan, roundSpan, warmUpSpan } from './case.ts'
import type { Round, Span } from './load.ts'
import { shareOf } from './watch.ts'

const row = 'x'.repeat(500)

export function bareCommits(plan: Plan): Case {
  const db = new Sqlite(join(plan.folder, 'commits.db'))
  plan.onClose(async () => void db.close())
  // the order matters: choosing WAL resets better-sqlite3 to synchronous=NORMAL
  db.pragma('journal_mode = wal')
  db.pragma('synchronous = full')
  db.exec('create table rows (id integer primary key, text text)')
  const insert = db.prepare('insert into rows (text) values (?)')
  const commit = () => void insert.run(row)
  return {
    name: names.commits,
    limit: names.commits,
    warmUp: async () => timed(commit, warmUpSpan),
    run: async () => timed(commit, roundSpan),
  }
}

function timed(act: () => void, { seconds }: Span): Round {
  const times: number[] = []
  const started = performance.now()
  let last = started
  while (last - started < seconds * 1000) {
    act()
    const now = performance.now()
    times.push(now - last)
    last = now
  }
  times.sort((a, b) => a - b)
  const rate = (times.length * 1000) / (last - started)
  return { rate, p50: shareOf(times, 0.5), p99: shareOf(times, 0.99), answers: times.length }
}
