// npm run bench:import: how long 20,000 rows of a sheet take, beside bare inserts of the same rows.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import Sqlite from 'better-sqlite3'
import { readConfig } from '../src/config.ts'
import { openContext } from '../src/context.ts'
import { guessMapping } from '../src/imports/columns.ts'
import { importSignOns } from '../src/imports/import-sign-ons.ts'
import { openPause } from '../src/imports/pause.ts'
import { planImport } from '../src/imports/plan-import.ts'
import { readSheet } from '../src/imports/read-sheet.ts'
import { findStatement } from '../src/statements/find-statement.ts'
import { csvLine } from '../src/text/csv.ts'
import { nextPerson } from './people.ts'
import { fill, slug } from './prepare.ts'

const rows = 20_000
/** in one transaction, as an import does */
const atOnce = 250
const columns = ['type', 'name', 'country', 'email', 'contact_name', 'visibility'] as const
/** Where the rows go; the links between them decide the order. */
const tables = ['endorsements', 'consents', 'imports', 'import_rows', 'outbox', 'signatories']
const orders = ['signatory_order']

const folder = mkdtempSync(join(tmpdir(), 'undersigned-bench-'))
try {
  for (const isConfirmed of [false, true]) await bench(isConfirmed)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function bench(isConfirmed: boolean): Promise<void> {
  const file = join(folder, `${String(isConfirmed)}.db`)
  const secretKey = randomBytes(32).toString('base64url')
  await fill({ url: `sqlite:${file}`, secretKey }, 0)
  const empty = join(folder, `bare-${String(isConfirmed)}.db`)
  await new Sqlite(file).backup(empty)
  const took = await bringIn(file, secretKey, isConfirmed)
  const bare = insertBare(file, empty)
  const how = isConfirmed ? 'confirmed' : 'with a mail each'
  console.log(
    `${rows} rows, ${how}: ${took.seconds.toFixed(1)} s, ${(took.seconds / bare).toFixed(1)} times ` +
      `bare inserts; the site stood still for at most ${took.longestMs.toFixed(0)} ms`,
  )
}

async function bringIn(file: string, secretKey: string, isConfirmed: boolean) {
  const config = readConfig({ DATABASE_URL: `sqlite:${file}`, SECRET_KEY: secretKey })
  const ctx = await openContext({ ...config, nodeEnv: 'test' })
  const statement = await findStatement(ctx.db, slug)
  if (!statement) throw new Error(`There is no ${slug}`)
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const started = performance.now()
  const read = await readSheet(sheet())
  if (!read.ok) throw new Error(read.reason)
  const mapping = guessMapping(read.sheet.headings, ['organisation', 'individual'])
  const rules = { statement, mapping, isConfirmed, language: 'en' }
  const plan = await planImport(ctx, read.sheet, rules, openPause(null))
  const evidence = isConfirmed ? 'Letters' : null
  const wanted = { statement, plan, evidence, source: 'file', hash: '', actor: 'bench' } as const
  await importSignOns(ctx, wanted, openPause(null))
  const seconds = (performance.now() - started) / 1000
  await ctx.close()
  return { seconds, longestMs: delay.max / 1e6 }
}

function sheet(): Buffer {
  const lines = Array.from({ length: rows }, () => {
    const person = nextPerson()
    return csvLine(columns.map((column) => person[column] ?? ''))
  })
  return Buffer.from(csvLine([...columns]) + lines.join(''))
}

/** The rows that are in the first database and not in the second, by hand, with the same settings. */
function insertBare(from: string, into: string): number {
  const source = new Sqlite(from)
  const target = new Sqlite(into)
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'secure_delete = ON']) {
    target.pragma(pragma)
  }
  let seconds = 0
  for (const table of [...tables, ...orders]) {
    const key =
      table === 'endorsements' || table === 'imports' || table === 'outbox'
        ? 'id'
        : 'endorsement_id'
    source.exec(`attach '${into}' as other`)
    const added = source
      .prepare(`select * from ${table} where ${key} not in (select ${key} from other.${table})`)
      .raw()
      .all() as unknown[][]
    source.exec('detach other')
    const first = added[0]
    if (!first) continue
    const insert = target.prepare(
      `insert into ${table} values (${first.map(() => '?').join(', ')})`,
    )
    const started = performance.now()
    for (let at = 0; at < added.length; at += atOnce) {
      target.transaction(() => added.slice(at, at + atOnce).forEach((row) => insert.run(...row)))()
    }
    seconds += (performance.now() - started) / 1000
  }
  return seconds
}
