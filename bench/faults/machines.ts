// npm run bench:machines: three processes with the site and one with the mail worker, on one PostgreSQL,
// behind nginx. Every five seconds one of them is killed while people sign, confirm and withdraw.
// Nothing that was answered may be lost, no mail may go more than twice, and the counts must be exact.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/db/open.ts'
import { type Inbox, openInbox } from '../../test/support/inbox.ts'
import { until } from '../../test/support/until.ts'
import { freePorts, hasNginx, startNginx } from '../nginx.ts'
import { openPostgres } from '../postgres.ts'
import { fillWithNobody, slug, type Store } from '../prepare.ts'
import { machine } from '../report.ts'
import { type Settings, withoutLimits } from '../start.ts'
import { type Crowd, openCrowd } from './crowd.ts'
import { type Machine, openMachine } from './machine.ts'
import { tellStory } from '../../test/support/story.ts'
import { verdict } from './verdict.ts'
import { watchCounts } from './watch-counts.ts'

const seconds = Number(process.argv[2] ?? 120)
const perSecond = 20
const everyMs = 5000

const folder = mkdtempSync(join(tmpdir(), 'undersigned-bench-'))
const closers = [async () => rmSync(folder, { recursive: true, force: true })]
try {
  console.log(machine())
  await run()
} finally {
  for (const close of closers.toReversed()) await close()
}

async function run(): Promise<void> {
  if (!hasNginx())
    return console.log('Left out: there is no nginx (Debian: apt install nginx-light)')
  const postgres = await openPostgres()
  if ('missing' in postgres) return console.log(`Left out: ${postgres.missing}`)
  closers.push(() => postgres.stop())
  const inbox = await openInbox()
  closers.push(() => inbox.close())
  const [door = 0, ...ports] = await freePorts(4)
  const store = { url: await postgres.createDatabase(), secretKey: randomBytes(32).toString('hex') }
  const address = `http://127.0.0.1:${door}`
  const settings = settingsOf(store, address, inbox)
  const machines = startAll(settings, ports)
  closers.push(async () => void (await Promise.all(machines.map((each) => each.stop()))))
  await Promise.all(machines.map((each) => each.isReady()))
  await fillWithNobody(store)
  const nginx = await startNginx(folder, door, ports)
  closers.push(() => nginx.stop())
  await tellStory(address, slug, inbox)
  console.log('The story passes through the balancer.')

  const statement = `${address}/statements/${slug}`
  const watchers = watchCounts(`${statement}/live`, 3)
  closers.push(async () => watchers.stop())
  const crowd = openCrowd(`${statement}/endorse`, inbox, perSecond)
  closers.push(async () => crowd.stop())
  await killByTurns(machines)
  await Promise.all(machines.map((each) => each.isReady()))
  await finish(store, crowd)
  const { total } = (await (await fetch(`${statement}/count.json`)).json()) as { total: number }
  const toldOfIt = () => watchers.totals().every((each) => each === total)
  await until('whoever watches the live counts knows the last one', toldOfIt)
  const faults = await verdict(
    store,
    crowd.told,
    inbox.mails,
    ports.map((port) => `http://127.0.0.1:${port}`),
  )
  for (const fault of faults) console.log(`WRONG: ${fault}`)
  if (faults.length > 0) process.exitCode = 1
}

function settingsOf(store: Store, address: string, inbox: Inbox): Settings {
  return {
    ...withoutLimits,
    DATABASE_URL: store.url,
    SECRET_KEY: store.secretKey,
    BASE_URL: address,
    SMTP_URL: inbox.url,
    TRUST_PROXY: '1',
    LOG_LEVEL: 'error',
  }
}

/** At the same moment, on an empty database: whoever is first brings it up to date. */
function startAll(settings: Settings, ports: number[]): Machine[] {
  const worker = openMachine(folder, ['deliver-mail'], settings)
  const sites = ports.map((port) =>
    openMachine(folder, ['serve', '--without-mail'], { ...settings, PORT: String(port) }),
  )
  return [...sites, worker]
}

/** The next one every five seconds, without waiting until the last one is back. */
async function killByTurns(machines: Machine[]): Promise<void> {
  const end = performance.now() + seconds * 1000
  let kills = 0
  for (; performance.now() + everyMs <= end; kills += 1) {
    await pause(everyMs)
    await machines[kills % machines.length]?.kill()
  }
  console.log(`In ${seconds} s ${kills} times one of ${machines.length} machines was killed.`)
}

/** Nobody new comes, and everybody gets their mails and answers. */
async function finish(store: Store, crowd: Crowd): Promise<void> {
  const db = await openDatabase(readConfig({ DATABASE_URL: store.url }).database)
  try {
    const isEmpty = async () =>
      (await db.selectFrom('outbox').select('id').limit(1).execute()).length === 0
    const isOver = async () => crowd.isDone() && (await isEmpty()) && crowd.isDone()
    crowd.comeNoMore()
    await until('all mails are sent and read', isOver)
  } finally {
    await db.destroy()
  }
}
