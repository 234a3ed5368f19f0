// npm run bench:million [rows] [FILE]: one statement with a million names, on SQLite and on PostgreSQL: its
// list, its files, its start. FILE: an SQLite database that is kept; the next time it need not be filled.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../src/db/open.ts'
import { indexNames } from '../src/signatories/index-names.ts'
import { measureCsv } from './million/csv.ts'
import { bringIn, checkUp, copyTo } from './million/commands.ts'
import { measurePages } from './million/pages.ts'
import { say } from './million/say.ts'
import { openPostgres } from './postgres.ts'
import { fillWithNames, type Store } from './prepare.ts'
import { machine } from './report.ts'
import { production, type Settings, startSite } from './start.ts'

const rows = Number(process.argv[2] ?? 1_000_000)
const isKept = process.argv[3] !== undefined
/** as many as a sheet may have */
const imported = Math.min(rows, 100_000)
const folder = mkdtempSync(join(tmpdir(), 'undersigned-bench-'))
try {
  console.log(machine())
  const file = process.argv[3] ?? join(folder, 'million.db')
  const store = await filled(file)
  await bench('SQLite', store, file)
  const postgres = isKept
    ? { missing: 'only SQLite for a file that is kept' }
    : await openPostgres()
  if ('missing' in postgres) console.log(`PostgreSQL: left out (${postgres.missing})`)
  else {
    try {
      const url = await postgres.createDatabase()
      await copyTo(settingsOf(store), url)
      await bench('PostgreSQL', { ...store, url }, null)
    } finally {
      await postgres.stop()
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** The key of a kept file is beside it. */
async function filled(file: string): Promise<Store> {
  const url = `sqlite:${file}`
  if (existsSync(file)) return { url, secretKey: readFileSync(`${file}.key`, 'utf8') }
  const secretKey = randomBytes(32).toString('base64url')
  writeFileSync(`${file}.key`, secretKey)
  const started = performance.now()
  await fillWithNames({ url, secretKey }, rows)
  // as the site does within a minute
  const db = await openDatabase({ kind: 'sqlite', file })
  await indexNames(db)
  await db.destroy()
  console.log(`${rows} names written in ${seconds(started)} s`)
  return { url, secretKey }
}

function settingsOf({ url, secretKey }: Store): Settings {
  return { ...production, DATABASE_URL: url, SECRET_KEY: secretKey }
}

/** @param file null where it is not SQLite */
async function bench(name: string, store: Store, file: string | null): Promise<void> {
  console.log(`\n${name}`)
  const settings = settingsOf(store)
  const started = performance.now()
  const site = await startSite(folder, settings)
  say('start to ready', `${seconds(started)} s`, 'under 2 s')
  try {
    await measurePages(site.url, rows)
    await measureCsv(site, file, rows)
  } finally {
    await site.stop()
  }
  await checkUp(settings)
  // last, and only where it is thrown away: it adds to the list
  if (!isKept) await bringIn(folder, settings, imported)
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1)
}
