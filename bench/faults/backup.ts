// npm run bench:backup: a backup while 200 people a second sign on, restored elsewhere. Everybody who was
// answered before it began must be in it; also told is what the others notice of it.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readConfig } from '../../src/config.ts'
import { openContext } from '../../src/context.ts'
import { openedRows } from '../../test/support/rows.ts'
import { nextPerson } from '../people.ts'
import { openPostgres } from '../postgres.ts'
import { fill, slug, type Store } from '../prepare.ts'
import { machine } from '../report.ts'
import { type Settings, startSite, withoutLimits } from '../start.ts'
import { shareOf } from '../watch.ts'

const perSecond = 200
const calmMs = 5000
const entries = Number(process.argv[2] ?? 20_000)
const cli = join(import.meta.dirname, '..', '..', 'src', 'cli.ts')

interface Answered {
  address: string
  /** milliseconds that the answer took */
  wait: number
}

const folder = mkdtempSync(join(tmpdir(), 'undersigned-bench-'))
try {
  console.log(machine())
  await underLoad('SQLite', storeAt(`sqlite:${join(folder, 'site.db')}`))
  const postgres = await openPostgres()
  if ('missing' in postgres) console.log(`PostgreSQL: left out (${postgres.missing})`)
  else {
    await underLoad('PostgreSQL', storeAt(await postgres.createDatabase()))
    await postgres.stop()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function storeAt(url: string): Store {
  return { url, secretKey: randomBytes(32).toString('base64url') }
}

async function underLoad(name: string, store: Store): Promise<void> {
  await fill(store, entries)
  const settings = { ...withoutLimits, DATABASE_URL: store.url, SECRET_KEY: store.secretKey }
  const site = await startSite(folder, settings)
  const file = join(folder, `${name}.db`)
  const load = signOn(`${site.url}/statements/${slug}/endorse`)
  await pause(calmMs)
  const before = [...load.answered]
  const started = performance.now()
  await command(settings, 'backup', file)
  const seconds = (performance.now() - started) / 1000
  const during = load.answered.slice(before.length)
  await load.stop()
  await site.stop()
  const missing = await missingIn(file, store, settings, before)
  console.log(
    `${name}: ${megabytes(file)} MB in ${seconds.toFixed(1)} s; ` +
      `${(during.length / seconds).toFixed(0)} sign-ons a second meanwhile; ` +
      `p99 ${waitOf(before)} ms before, ${waitOf(during)} ms meanwhile; ` +
      `of ${before.length} answered before it began, missing: ${missing}`,
  )
  if (missing > 0) process.exitCode = 1
}

/** At an even pace, whether or not the last one has been answered. */
function signOn(url: string): { answered: Answered[]; stop: () => Promise<void> } {
  const answered: Answered[] = []
  const waiting = new Set<Promise<void>>()
  const started = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const due = ((performance.now() - started) * perSecond) / 1000
    for (; sent < due; sent += 1) {
      const one = send(url).then((answer) => void answered.push(answer))
      waiting.add(one)
      void one.finally(() => waiting.delete(one))
    }
  }, 5)
  const stop = async () => {
    clearInterval(timer)
    await Promise.all(waiting)
  }
  return { answered, stop }
}

async function send(url: string): Promise<Answered> {
  const fields = nextPerson()
  const started = performance.now()
  const body = new URLSearchParams(fields)
  const response = await fetch(url, { method: 'POST', body, redirect: 'manual' })
  await response.arrayBuffer()
  if (response.status !== 303) throw new Error(`A sign-on was answered with ${response.status}`)
  return { address: fields['email'] ?? '', wait: performance.now() - started }
}

async function command(settings: Settings, ...args: string[]): Promise<void> {
  const env = { PATH: process.env['PATH'] ?? '', ...settings }
  const child = spawn(process.execPath, [cli, ...args], { env, stdio: 'inherit' })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}`)
}

async function missingIn(
  file: string,
  { secretKey }: Store,
  settings: Settings,
  before: Answered[],
): Promise<number> {
  const DATABASE_URL = `sqlite:${file}.restored`
  await command({ ...settings, DATABASE_URL }, 'restore', file)
  const env = { DATABASE_URL, SECRET_KEY: secretKey, LOG_LEVEL: 'silent', NODE_ENV: 'test' }
  const ctx = await openContext(readConfig(env))
  const known = new Set((await openedRows(ctx)).map(({ address }) => address))
  await ctx.close()
  return before.filter(({ address }) => !known.has(address)).length
}

function megabytes(file: string): number {
  return Math.round(statSync(file).size / 1e6)
}

function waitOf(answers: Answered[]): string {
  const sorted = answers.map(({ wait }) => wait).sort((a, b) => a - b)
  return shareOf(sorted, 0.99).toFixed(0)
}
