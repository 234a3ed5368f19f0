// Runs all tests, two processes at a time: node test/support/all.ts
// The files of a folder share a process, so that the program is loaded and warm only once for them.
import { spawn } from 'node:child_process'
import { existsSync, globSync, readFileSync, statfsSync, statSync } from 'node:fs'
import { freemem } from 'node:os'
import { dirname } from 'node:path'
import { text } from 'node:stream/consumers'
import { globalSetup, globalTeardown } from './global-setup.ts'

const atOnce = 2
/** The whole has 15 minutes. */
const longest = 900_000

/** Each of these keeps a process busy by itself. */
const isLong = (file: string) => /^test\/(rules|whole-story)\//.test(file)

/** The longest first, so that nothing long is left over at the end. */
function groups(): string[][] {
  const byProcess = Object.groupBy(globSync('test/**/*.test.ts'), (file) =>
    isLong(file) ? file : dirname(file),
  )
  const found = Object.values(byProcess).map((files = []) => files.toSorted())
  return found.toSorted((a, b) => sizeOf(b) - sizeOf(a))
}

function sizeOf(files: string[]): number {
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0)
  return files.some(isLong) ? bytes + 1e9 : bytes
}

const counted = ['tests', 'suites', 'pass', 'fail', 'cancelled', 'skipped', 'todo'] as const
const totals = new Map(counted.map((name) => [name, 0]))

/** A process that broke down, and says nothing of a failure, counts as one. */
function add(said: string, isGood: boolean): void {
  const numberOf = (name: string) =>
    Number(new RegExp(`^ℹ ${name} (\\d+)$`, 'm').exec(said)?.[1] ?? 0)
  for (const name of counted) totals.set(name, (totals.get(name) ?? 0) + numberOf(name))
  const isSilent = !isGood && numberOf('fail') + numberOf('cancelled') === 0
  if (isSilent) totals.set('fail', (totals.get('fail') ?? 0) + 1)
}

/** Tells what it said when it is over, so that two do not talk at the same time. */
async function run(files: string[]): Promise<boolean> {
  const options = ['--test', '--test-isolation=none', '--test-reporter=spec']
  const child = spawn(process.execPath, [...options, ...files], {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: longest,
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const said = await text(child.stdout)
  const isGood = (await ended) === 0
  console.log(`${files.join(' ')}\n${said}`)
  add(said, isGood)
  return isGood
}

const memory = '/dev/shm'

/** The databases come and go by the hundred, which takes a disk longer than the tests themselves. */
function hasRoomInMemory(): boolean {
  if (!existsSync('/proc/self/mounts')) return false
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n')
  const [, , , options] =
    mounts.map((line) => line.split(' ')).find(([, at]) => at === memory) ?? []
  // PostgreSQL is run from a copy of its programs there
  if (options === undefined || options.includes('noexec')) return false
  const { bavail, bsize } = statfsSync(memory)
  return Math.min(freemem(), bavail * bsize) > 4e9
}

const waiting = groups()
const failed: string[][] = []

async function work(): Promise<void> {
  for (let files = waiting.shift(); files; files = waiting.shift()) {
    if (!(await run(files))) failed.push(files)
  }
}

if (hasRoomInMemory()) process.env['TMPDIR'] ??= memory
await globalSetup()
await Promise.all(Array.from({ length: atOnce }, work))
await globalTeardown()
for (const files of failed) console.error(`FAILED: ${files.join(' ')}`)
for (const [name, n] of totals) console.log(`ℹ ${name} ${n}`)
console.log(`ℹ duration_ms ${Math.round(performance.now())}`)
process.exitCode = failed.length === 0 ? 0 : 1
