// npm run bench:import [names]: how long 100,000 rows of a sheet take, as the desk brings them in, beside
// bare inserts of the same rows; on a statement that has so many names already (none).
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import Sqlite from 'better-sqlite3'
import { readConfig } from '../src/config.ts'
import { type Context, openContext } from '../src/context.ts'
import { addCoordinator } from '../src/coordinators/people.ts'
import { findDraft } from '../src/imports/draft-store.ts'
import { keepSheet } from '../src/imports/drafts.ts'
import { importSignOns } from '../src/imports/import-sign-ons.ts'
import { openPause } from '../src/imports/pause.ts'
import { planImport } from '../src/imports/plan-import.ts'
import { findStatement } from '../src/statements/find-statement.ts'
import { csvLine } from '../src/text/csv.ts'
import { parseEmailAddress } from '../src/text/email-address.ts'
import { copyTo, run } from './million/commands.ts'
import { mustBe } from './million/say.ts'
import { nextPerson } from './people.ts'
import { openPostgres } from './postgres.ts'
import { fillWithNames, fillWithNobody, slug, type Store } from './prepare.ts'
import { machine } from './report.ts'
import { production } from './start.ts'

const rows = 100_000
const names = Number(process.argv[2] ?? 0)
/** in one transaction, as an import does */
const atOnce = 100
const columns = ['type', 'name', 'country', 'email', 'contact_name', 'visibility'] as const
/** Where the rows go, and by which column they are told apart. */
const tables = {
  endorsements: 'id',
  consents: 'endorsement_id',
  imports: 'id',
  import_rows: 'endorsement_id',
  import_hashes: 'capacity_hash',
  outbox: 'id',
  signatories: 'endorsement_id',
  signatory_order: 'endorsement_id',
}

const folder = mkdtempSync(join(tmpdir(), 'undersigned-bench-'))
try {
  console.log(machine())
  const file = join(folder, 'import.db')
  const url = `sqlite:${file}`
  const store = { url, secretKey: randomBytes(32).toString('base64url') }
  await (names > 0 ? fillWithNames(store, names) : fillWithNobody(store))
  const postgres = await openPostgres()
  try {
    const copy = 'missing' in postgres ? null : await postgres.createDatabase()
    if (copy !== null) await copyTo(settingsOf(store), copy)
    await bench('SQLite', store, file)
    if (copy === null) console.log('PostgreSQL: left out')
    else await bench('PostgreSQL', { ...store, url: copy }, null)
  } finally {
    if (!('missing' in postgres)) await postgres.stop()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function settingsOf({ url, secretKey }: Store) {
  return { ...production, NODE_ENV: 'test', DATABASE_URL: url, SECRET_KEY: secretKey }
}

/** @param file of SQLite, for which there are bare inserts to compare with */
async function bench(name: string, store: Store, file: string | null): Promise<void> {
  for (const isConfirmed of [true, false]) {
    const sheet = join(folder, 'sheet.csv')
    writeFileSync(sheet, sheetOfOthers())
    const before = join(folder, 'before.db')
    rmSync(before, { force: true })
    if (file !== null) await new Sqlite(file, { readonly: true }).backup(before)
    const took = await bringIn(store, sheet, isConfirmed)
    const bare = file === null ? null : insertBare(file, before)
    const ratio = bare === null ? '' : `, ${(took.seconds / bare).toFixed(1)} times bare inserts`
    const how = isConfirmed ? 'confirmed' : 'with a mail each'
    console.log(
      `${name}, ${names} names there, ${rows} rows ${how}: ${took.seconds.toFixed(1)} s${ratio}, ` +
        `${((took.processor / rows) * 1000).toFixed(2)} ms of processor each, ` +
        `${took.memory.toFixed(0)} MB; others waited ${took.longestMs.toFixed(0)} ms at most, ` +
        `${took.usualMs.toFixed(0)} ms in 99 of 100 cases`,
    )
    await bringAgain(store, sheet, isConfirmed)
  }
}

function sheetOfOthers(): string {
  const lines = Array.from({ length: rows }, () => {
    const person = nextPerson()
    return csvLine(columns.map((column) => person[column] ?? ''))
  })
  return csvLine([...columns]) + lines.join('')
}

/** In this process, as a site does it while it serves others. */
async function bringIn({ url, secretKey }: Store, file: string, isConfirmed: boolean) {
  const env = { DATABASE_URL: url, SECRET_KEY: secretKey, NODE_ENV: 'test', LOG_LEVEL: 'silent' }
  const ctx = await openContext(readConfig(env))
  const there = await countAll(ctx)
  const by = await coordinatorOf(ctx)
  const bytes = readFileSync(file)
  const delay = monitorEventLoopDelay({ resolution: 5 })
  let memory = 0
  const looking = setInterval(() => (memory = Math.max(memory, process.memoryUsage.rss())), 100)
  delay.enable()
  const [started, used] = [performance.now(), process.cpuUsage()]
  await bringAtDesk(ctx, bytes, by, isConfirmed)
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(used)
  clearInterval(looking)
  const now = await countAll(ctx)
  mustBe('endorsements', now.endorsements - there.endorsements, rows)
  mustBe('counted', now.counted - there.counted, isConfirmed ? rows : 0)
  mustBe('mails', now.mails - there.mails, isConfirmed ? 0 : rows)
  await ctx.close()
  const [longestMs, usualMs] = [delay.max / 1e6, delay.percentile(99) / 1e6]
  return { seconds, processor: (user + system) / 1e6, memory: memory / 1e6, longestMs, usualMs }
}

async function bringAtDesk(ctx: Context, bytes: Buffer, by: string, isConfirmed: boolean) {
  const statement = await findStatement(ctx.db, slug)
  if (!statement) throw new Error(`There is no ${slug}`)
  const kept = await keepSheet(ctx, statement, { bytes, source: 'file', by })
  if (!kept.ok) throw new Error(kept.reason)
  const own = { id: kept.id, statementId: statement.id, coordinatorId: by }
  const draft = await findDraft(ctx.db, ctx.vault, own, ctx.clock.now().toISOString())
  if (!draft) throw new Error('The sheet is gone')
  const { sheet, mapping, source, hash } = draft
  const rules = { statement, mapping, isConfirmed, language: 'en' }
  const plan = await planImport(ctx, sheet, rules, openPause(null))
  const evidence = isConfirmed ? 'Letters' : null
  await importSignOns(ctx, { statement, plan, evidence, source, hash, actor: by }, openPause(null))
}

async function coordinatorOf(ctx: Context): Promise<string> {
  const address = parseEmailAddress(`${ctx.random.id().toLowerCase()}@bench.example`)
  if (!address.ok) throw new Error(address.fault)
  const person = { name: 'Bench', organisation: '', role: 'coordinator', language: 'en' } as const
  const added = await addCoordinator(ctx, { ...person, address: address.value }, 'bench')
  if (!added) throw new Error('Nobody was added')
  return added.id
}

async function countAll({ db }: Context) {
  const all = (table: 'endorsements' | 'outbox') =>
    db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number | string>().as('n'))
      .executeTakeFirst()
  const counted = await db
    .selectFrom('tallies')
    .select((eb) => eb.fn.sum<number | string>('n').as('n'))
    .executeTakeFirst()
  return {
    endorsements: Number((await all('endorsements'))?.n),
    mails: Number((await all('outbox'))?.n),
    counted: Number(counted?.n ?? 0),
  }
}

/** By the command: the same sheet brings nobody. */
async function bringAgain(store: Store, file: string, isConfirmed: boolean): Promise<void> {
  const how = isConfirmed ? ['--confirmed', '--evidence', 'Letters'] : []
  const settings = settingsOf(store)
  const ran = await run(settings, 'endorsements', 'import', slug, file, '--json', ...how)
  const told = JSON.parse(ran.said) as { new: number; duplicate: number }
  console.log(`  the same sheet again, by the command: ${ran.seconds.toFixed(1)} s`)
  mustBe('new rows of the same sheet', told.new, 0)
  mustBe('duplicate rows of the same sheet', told.duplicate, rows)
}

/** The rows that are in the first database and not in the second, by hand, with the same settings. */
function insertBare(from: string, into: string): number {
  const source = new Sqlite(from, { readonly: true })
  const target = new Sqlite(into)
  const settings = ['journal_mode = WAL', 'synchronous = FULL', 'secure_delete = ON']
  for (const pragma of [...settings, 'foreign_keys = OFF']) target.pragma(pragma)
  let seconds = 0
  source.exec(`attach '${into}' as other`)
  for (const [table, key] of Object.entries(tables)) {
    const added = source
      .prepare(`select * from ${table} where ${key} not in (select ${key} from other.${table})`)
      .raw()
      .all() as unknown[][]
    const places = added[0]?.map(() => '?').join(', ') ?? ''
    if (places === '') continue
    const insert = target.prepare(`insert into ${table} values (${places})`)
    const started = performance.now()
    for (let at = 0; at < added.length; at += atOnce) {
      target.transaction(() => added.slice(at, at + atOnce).forEach((row) => insert.run(...row)))()
    }
    seconds += (performance.now() - started) / 1000
  }
  source.close()
  target.close()
  return seconds
}
