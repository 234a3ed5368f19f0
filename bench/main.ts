// npm run bench: the site beside a plain node:http server and an Express hello-world, in one run.
// `--save` writes bench/RESULTS.md; without it nothing is kept.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Case, expressName, ourCases, referenceCases } from './cases.ts'
import type { Round } from './load.ts'
import { openPostgres } from './postgres.ts'
import { machine, type Measured, resultsFile, table } from './report.ts'

const rounds = 5

const closers: (() => Promise<void> | void)[] = []

async function closeAll(): Promise<void> {
  for (const close of closers.splice(0).toReversed()) await close()
}

process.once('SIGINT', () => void closeAll().finally(() => process.exit(130)))
try {
  await bench()
} finally {
  await closeAll()
}

async function bench(): Promise<void> {
  const started = performance.now()
  console.log(`${machine()}. Preparing …`)
  const cases = await prepare()
  for (const each of cases) await each.warmUp()
  const measured = new Map<string, Round[]>(cases.map(({ name }) => [name, []]))
  for (let round = 1; round <= rounds; round += 1) {
    console.log(`Round ${round} of ${rounds} …`)
    for (const each of cases) measured.get(each.name)?.push(await each.run())
  }
  for (const each of cases) await each.check?.()
  const printed = table(cases.map((each) => withReferences(each, measured)))
  const seconds = Math.round((performance.now() - started) / 1000)
  console.log(`\n${printed}\n\nTook ${seconds} s. bench/README.md says how to read this.`)
  if (process.argv.includes('--save')) {
    writeFileSync(join(import.meta.dirname, 'RESULTS.md'), resultsFile(printed, new Date()))
  }
}

async function prepare(): Promise<Case[]> {
  const folder = mkdtempSync(join(tmpdir(), 'undersigned-bench-'))
  closers.push(() => rmSync(folder, { recursive: true, force: true }))
  const plan = { folder, rounds, onClose: (close: () => Promise<void>) => void closers.push(close) }
  const sqlite = await ourCases(plan, 'SQLite', (name) => `sqlite:${join(folder, `${name}.db`)}`)
  const postgres = await openPostgres()
  if ('missing' in postgres) console.log(`Without PostgreSQL. ${postgres.missing}`)
  else closers.push(() => postgres.stop())
  const more =
    'missing' in postgres
      ? null
      : await ourCases(plan, 'PostgreSQL', () => postgres.createDatabase())
  return [...(await referenceCases(plan, sqlite.pages)), ...sqlite.cases, ...(more?.cases ?? [])]
}

function withReferences({ name, plain }: Case, measured: Map<string, Round[]>): Measured {
  const of = (which: string) => measured.get(which) ?? []
  return { name, rounds: of(name), plain: of(plain), express: of(expressName) }
}
