// npm run bench:live: 20,000 open pages follow a count that rises twenty times a second. How much memory
// does each take, how late is it told, and how quickly do others get the statement's page meanwhile?
import { type ChildProcess, fork, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Connected, Order, Report } from './live/listeners.ts'
import { openPostgres } from './postgres.ts'
import { endorsements, fill, slug, type Store } from './prepare.ts'
import { machine } from './report.ts'
import { type Running, startSite, withoutLimits } from './start.ts'
import { residentOf, shareOf, watchWhile } from './watch.ts'

const wanted = Number(process.argv[2] ?? 20_000)
const everyMs = 50
const seconds = { before: 4, during: 15 }
/** how long the last of them may take; it is a limit for faults, not what is measured */
const patienceMs = 5000
const helpers = 2

const folder = mkdtempSync(join(tmpdir(), 'undersigned-bench-'))
const children: ChildProcess[] = []
const sites: Running[] = []
try {
  // ours may be more than what it is by default; who may not raise it has to do with what there is
  spawnSync('prlimit', [`--pid=${process.pid}`, '--nofile=65536:65536'])
  console.log(`${machine()}; ${openFiles()} open files for each process`)
  await watchCounts('SQLite, one process', `sqlite:${join(folder, 'site.db')}`, 1)
  const postgres = await openPostgres()
  if ('missing' in postgres) console.log(`PostgreSQL: left out (${postgres.missing})`)
  else {
    await watchCounts('PostgreSQL, two processes', await postgres.createDatabase(), 2)
    await postgres.stop()
  }
} finally {
  await stopAll()
  rmSync(folder, { recursive: true, force: true })
}

async function watchCounts(name: string, url: string, processes: number): Promise<void> {
  const store: Store = { url, secretKey: randomBytes(32).toString('base64url') }
  const confirmations = (1000 / everyMs) * (seconds.before + seconds.during)
  const tokens = await fill(store, confirmations)
  const settings = { ...withoutLimits, DATABASE_URL: store.url, SECRET_KEY: store.secretKey }
  for (let n = 0; n < processes; n += 1) sites.push(await startSite(folder, settings))
  const [first, last] = [sites[0], sites.at(-1)]
  if (!first || !last) throw new Error('No site')
  const confirm = confirmer(first.url, tokens)
  const page = `${last.url}/statements/${slug}`

  await watchWhile(page, last.pid, () => confirm.during(seconds.before))
  const before = memoryOf(sites)
  const started = performance.now()
  const { listening, refused } = await connectAll()
  const tookMs = performance.now() - started
  const quiet = memoryOf(sites)
  const others = await watchWhile(page, last.pid, () => confirm.during(seconds.during))
  const busy = memoryOf(sites)
  await pause(patienceMs)
  const heard = await reportOf(confirm.confirmed.slice(-(1000 / everyMs) * seconds.during))

  const kilobytes = (megabytes: number) => ((megabytes - before) * 1000) / listening
  console.log(
    `${name}: ${listening} listen, connected in ${(tookMs / 1000).toFixed(1)} s` +
      `${refused > 0 ? ` (${refused} more found no place)` : ''}; ` +
      `each takes ${kilobytes(quiet).toFixed(1)} kB, ${kilobytes(busy).toFixed(1)} kB when busy; ` +
      `told after ${heard.waits.join(' / ')} ms (p50 / p99 / last); ` +
      `page p99 ${shareOf(others.waits, 0.99).toFixed(0)} ms meanwhile; ` +
      `never told: ${heard.missing}`,
  )
  if (heard.missing > 0 || listening + refused !== wanted) process.exitCode = 1
  await stopAll()
}

/** Confirms at an even pace, one after the other, so that the totals are known. */
function confirmer(url: string, tokens: string[]) {
  const confirmed: [total: number, at: number][] = []
  async function during(howLong: number): Promise<void> {
    const started = performance.now()
    const howMany = (1000 / everyMs) * howLong
    for (let n = 0; n < howMany; n += 1) {
      await pause(Math.max(0, started + n * everyMs - performance.now()))
      const at = Date.now()
      const body = new URLSearchParams({ decision: 'confirm' })
      const answer = await fetch(`${url}/confirm/${tokens.pop()}`, {
        method: 'POST',
        body,
        redirect: 'manual',
      })
      await answer.arrayBuffer()
      if (answer.status !== 303) throw new Error(`A confirmation was answered ${answer.status}`)
      confirmed.push([endorsements + confirmed.length + 1, at])
    }
  }
  return { confirmed, during }
}

async function connectAll(): Promise<Connected> {
  const each = Math.ceil(wanted / helpers)
  const answers = Array.from({ length: helpers }, (_, n) => {
    const site = sites[n % sites.length]
    const child = fork(join(import.meta.dirname, 'live', 'listeners.ts'), { execArgv: [] })
    children.push(child)
    const howMany = Math.min(each, wanted - n * each)
    const port = Number(new URL(site?.url ?? '').port)
    const path = `/statements/${slug}/live`
    return ask<Connected>(child, { connect: { port, path, howMany, from: 2 + 100 * n } })
  })
  const all = await Promise.all(answers)
  const sum = (of: (each: Connected) => number) => all.reduce((total, one) => total + of(one), 0)
  return { listening: sum((one) => one.listening), refused: sum((one) => one.refused) }
}

async function reportOf(confirmed: [number, number][]) {
  const order = { report: { confirmed } }
  const all = await Promise.all(children.map((child) => ask<Report>(child, order)))
  const longest = Math.max(...all.map(({ delays }) => delays.length))
  const delays = Array.from({ length: longest }, (_, ms) =>
    all.reduce((sum, each) => sum + (each.delays[ms] ?? 0), 0),
  )
  const total = delays.reduce((sum, n) => sum + n, 0)
  const at = (share: number) => {
    let seen = 0
    return delays.findIndex((n) => (seen += n) >= total * share)
  }
  const missing = all.reduce((sum, each) => sum + each.missing, 0)
  return { waits: [at(0.5), at(0.99), longest - 1], missing }
}

async function ask<Answer>(child: ChildProcess, order: Order): Promise<Answer> {
  child.send(order)
  const [answer] = (await once(child, 'message')) as [Answer | { fault: string }]
  if (typeof answer === 'object' && answer !== null && 'fault' in answer) {
    throw new Error(answer.fault)
  }
  return answer
}

function memoryOf(all: Running[]): number {
  return all.reduce((sum, { pid }) => sum + residentOf(pid), 0)
}

function openFiles(): string {
  return /^Max open files\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1] ?? '?'
}

async function stopAll(): Promise<void> {
  for (const child of children.splice(0)) child.disconnect()
  await Promise.all(sites.splice(0).map((site) => site.stop()))
}
