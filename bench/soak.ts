// npm run bench:soak: hours of everything at a modest pace. Does the site at the end take as much memory,
// and as many open files, as it did at the beginning?
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openInbox } from '../test/support/inbox.ts'
import { until } from '../test/support/until.ts'
import { openCrowd } from './faults/crowd.ts'
import { fill, slug } from './prepare.ts'
import { machine } from './report.ts'
import { openSamples, type Sample, verdictOf } from './soak/samples.ts'
import { openVisitors } from './soak/visitors.ts'
import { startSite, withoutLimits } from './start.ts'

const minutes = Number(process.argv[2] ?? 60)
const signingPerSecond = 5
const everyMs = 10_000
/** connections that are kept alive, and whoever was answered last */
const restMs = 70_000

const folder = mkdtempSync(join(tmpdir(), 'undersigned-bench-'))
const inbox = await openInbox()
try {
  console.log(machine())
  await soak()
} finally {
  await inbox.close()
  rmSync(folder, { recursive: true, force: true })
}

async function soak(): Promise<void> {
  const url = `sqlite:${join(folder, 'site.db')}`
  const secretKey = randomBytes(32).toString('base64url')
  await fill({ url, secretKey }, 0)
  const settings = { DATABASE_URL: url, SECRET_KEY: secretKey, SMTP_URL: inbox.url }
  const site = await startSite(folder, { ...withoutLimits, ...settings })
  try {
    const look = openSamples(site)
    const idle = await look()
    console.log(`minute    RSS MB  heap MB  files  loop p99 ms  listeners  sign-ons`)
    const samples = await underLoad(site.url, look)
    await pause(restMs)
    const after = await look()
    console.log(`afterwards ${lineOf(after)}`)
    const verdict = verdictOf(idle, samples, after)
    for (const { isOk, text } of verdict) console.log(`${isOk ? 'ok   ' : 'NOT  '} ${text}`)
    if (verdict.some(({ isOk, isProperty }) => isProperty && !isOk)) process.exitCode = 1
  } finally {
    await site.stop()
  }
}

async function underLoad(origin: string, look: () => Promise<Sample>): Promise<Sample[]> {
  const statement = `${origin}/statements/${slug}`
  const crowd = openCrowd(`${statement}/endorse`, inbox, signingPerSecond)
  const visitors = openVisitors(statement)
  const samples: Sample[] = []
  for (let n = 1; n <= (minutes * 60_000) / everyMs; n += 1) {
    await pause(everyMs)
    const sample = await look()
    samples.push(sample)
    console.log(`${((n * everyMs) / 60_000).toFixed(1).padStart(6)} ${lineOf(sample)}`)
  }
  visitors.stop()
  crowd.comeNoMore()
  await until('all are answered', () => crowd.isDone())
  crowd.stop()
  const { told } = crowd
  const wrong = [...new Set([...told.wrong, ...visitors.wrong])]
  if (wrong.length > 0) throw new Error(`Answers that nobody should get: ${wrong.join('; ')}`)
  const { total } = (await (await fetch(`${statement}/count.json`)).json()) as { total: number }
  const confirmed = told.confirmed.size - told.withdrawn.size
  console.log(`${confirmed} confirmed and not withdrawn; ${total} are counted, with 1,000 before`)
  if (total !== confirmed + 1000) process.exitCode = 1
  return samples
}

function lineOf(sample: Sample): string {
  const { memory, heap, files, loop, listeners, signOns } = sample
  const numbers = [memory.toFixed(0), heap.toFixed(0), files, loop.toFixed(0), listeners, signOns]
  return numbers.map((each) => String(each).padStart(9)).join('')
}
