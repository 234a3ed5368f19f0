// npm run bench:writing: how many can sign and confirm in a second, beside an Express hello-world and what
// better-sqlite3 alone writes to the same disk, and how long they wait when half as many come.
import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bareCommits, bareSignOns } from './bare.ts'
import { type Load, measure, type Post, type Round, type Span } from './load.ts'
import { nextPerson } from './people.ts'
import { openPostgres } from './postgres.ts'
import { emptyOutbox, endorsements, fill, slug, type Store } from './prepare.ts'
import { machine } from './report.ts'
import { startReference, startSite, withoutLimits } from './start.ts'
import { steadily } from './steady.ts'

const rounds = 3
const seconds = 1.5
/** each link confirms once, and they are made before; some are only prepared to be sent */
const confirmations = 300
const spare = 500
const crowds = [10, 50]
const page = `/statements/${slug}`

const folder = mkdtempSync(join(tmpdir(), 'undersigned-bench-'))
try {
  console.log(machine())
  const express = await expressRate()
  const commits = bareCommits(join(folder, 'bare.db'))
  console.log(`Express hello-world: ${express.toFixed(0)} a second`)
  console.log(`bare commits, synchronous=FULL: ${commits.toFixed(0)} a second`)
  await write('SQLite', `sqlite:${join(folder, 'site.db')}`, express)
  const postgres = await openPostgres()
  if ('missing' in postgres) console.log(`PostgreSQL: left out (${postgres.missing})`)
  else {
    await write('PostgreSQL', await postgres.createDatabase(), express)
    await postgres.stop()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function expressRate(): Promise<number> {
  const express = await startReference('express', {})
  const { url } = express
  await measure({ url, expected: 200 }, { seconds: 1 })
  const { rate } = await measure({ url, expected: 200 }, { seconds: 3 })
  await express.stop()
  return rate
}

async function write(kind: string, url: string, express: number): Promise<void> {
  const store: Store = { url, secretKey: randomBytes(32).toString('base64url') }
  const tokens = await fill(store, confirmations * (rounds * (crowds.length + 1) + 1) + spare)
  const bare = kind === 'SQLite' ? compareBare(store, express) : null
  const settings = { ...withoutLimits, DATABASE_URL: url, SECRET_KEY: store.secretKey }
  const site = await startSite(folder, settings)
  try {
    const signOn = () => ({ path: `${page}/endorse`, fields: nextPerson() })
    const span = { seconds }
    const limits = { express, bare }
    await measureBoth(`sign-on, ${kind}`, { url: site.url, next: signOn }, store, limits, span)
    let used = 0
    const confirm = () => {
      used += 1
      return { path: `/confirm/${tokens[used - 1]}`, fields: { decision: 'confirm' } }
    }
    const all = { seconds: 60, atMost: confirmations }
    const answered = await measureBoth(
      `confirm, ${kind}`,
      { url: site.url, next: confirm },
      store,
      { express, bare: null },
      all,
    )
    await compare(site.url, kind, { answered, used })
  } finally {
    await site.stop()
  }
}

/** On a copy: what it writes is nobody's. */
function compareBare({ url }: Store, express: number): number {
  const copy = join(folder, 'bare-rows.db')
  copyFileSync(url.slice('sqlite:'.length), copy)
  const rate = bareSignOns(copy)
  const told = `${rate.toFixed(0)} a second; ${ratios(rate, { express, bare: null })}`
  console.log(`the rows of a sign-on, bare, ten to a commit: ${told}`)
  return rate
}

/** Answers, and sign-ons, in a second. */
interface Limits {
  express: number
  bare: number | null
}

function ratios(rate: number, { express, bare }: Limits): string {
  const ofBare = bare === null ? '' : `, ${(rate / bare).toFixed(3)} of bare rows`
  return `${(rate / express).toFixed(3)} of Express${ofBare}`
}

/** @returns how many were answered */
async function measureBoth(
  name: string,
  { url, next }: { url: string; next: () => Post },
  store: Store,
  limits: Limits,
  span: Span,
): Promise<number> {
  const load: Load = { url, expected: 303, next }
  let { answers } = await measure(load, { seconds: 60, atMost: confirmations })
  for (const connections of crowds) {
    const measured: Round[] = []
    for (let round = 0; round < rounds; round += 1) {
      measured.push(await measure(load, { ...span, connections }))
      await emptyOutbox(store)
    }
    answers += measured.reduce((sum, round) => sum + round.answers, 0)
    const rate = median(measured.map((round) => round.rate))
    console.log(`${name}: ${rate.toFixed(0)} a second by ${connections}; ${ratios(rate, limits)}`)
    if (connections === crowds[0]) answers += await atHalf(name, url, next, rate)
    await emptyOutbox(store)
  }
  return answers
}

async function atHalf(name: string, url: string, next: () => Post, rate: number): Promise<number> {
  const perSecond = rate / 2
  const times = rounds * confirmations
  const { p50, p99, answers } = await steadily(url, next, { perSecond, times })
  console.log(
    `${name}: when ${perSecond.toFixed(0)} a second come, ` +
      `they wait ${p50.toFixed(1)} ms (median), ${p99.toFixed(1)} ms (p99)`,
  )
  return answers
}

async function compare(
  url: string,
  kind: string,
  { answered, used }: { answered: number; used: number },
): Promise<void> {
  const { total } = (await (await fetch(`${url}${page}/count.json`)).json()) as { total: number }
  const counted = total - endorsements
  if (counted >= answered && counted <= used) return
  console.log(`confirm, ${kind}: ${answered} were answered, but ${counted} are counted`)
  process.exitCode = 1
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}
