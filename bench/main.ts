// npm run bench: the site beside a plain node:http server, an Express hello-world and bare commits, in one
// run. `--sizes 1000,100000,1000000` for more endorsements; `--save` writes bench/RESULTS.md.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Case, names, type Plan } from './case.ts'
import { writingCases } from './cases.ts'
import { bareCommits } from './commits.ts'
import { casesWhileConfirming } from './confirming.ts'
import type { Round } from './load.ts'
import { openPostgres } from './postgres.ts'
import type { Store } from './prepare.ts'
import { otherPages, referenceCases } from './reading.ts'
import { machine, type Measured, resultsFile, table } from './report.ts'
import { copied, fillAll, onSqlite, readingAt } from './sizes.ts'

const rounds = 3
/** with more, copying to PostgreSQL takes longer than all the rest (npm run bench:million does it) */
const mostCopied = 100_000

const { values: options } = parseArgs({
  options: { sizes: { type: 'string', default: '1000' }, save: { type: 'boolean' } },
})
const sizes = options.sizes.split(',').map(Number)
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
  console.log('Warming up …')
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
  if (options.save === true) {
    writeFileSync(join(import.meta.dirname, 'RESULTS.md'), resultsFile(printed, new Date()))
  }
}

async function prepare(): Promise<Case[]> {
  const folder = mkdtempSync(join(tmpdir(), 'undersigned-bench-'))
  closers.push(() => rmSync(folder, { recursive: true, force: true }))
  const plan: Plan = { folder, rounds, onClose: (close) => void closers.push(close) }
  const file = (name: string) => `sqlite:${join(folder, `${name}.db`)}`
  const postgres = await openPostgres()
  const stores = await fillAll(sizes, onSqlite(plan))
  if ('missing' in postgres) {
    console.log(`Without PostgreSQL. ${postgres.missing}`)
    return casesOn(plan, 'SQLite', stores, file)
  }
  closers.push(() => postgres.stop())
  const create = () => postgres.createDatabase()
  const few = sizes.filter((size) => size <= mostCopied)
  // before the sites start: what is served is not copied
  const copies = await fillAll(few, copied(stores, create))
  return [
    ...(await casesOn(plan, 'SQLite', stores, file)),
    ...(await casesOn(plan, 'PostgreSQL', copies, create)),
  ]
}

/** @param database a new one, empty */
async function casesOn(
  plan: Plan,
  kind: 'SQLite' | 'PostgreSQL',
  stores: Map<number, Store>,
  database: (name: string) => string | Promise<string>,
): Promise<Case[]> {
  const { cases, base, origin } = await readingAt(plan, kind, stores)
  // these are the same bytes whatever the database is
  const once = async () => [
    ...(await referenceCases(plan, origin)),
    bareCommits(plan),
    ...otherPages(origin, base),
  ]
  return [
    ...(kind === 'SQLite' ? await once() : []),
    ...cases,
    ...(await casesWhileConfirming(plan, kind, base, await database('confirm'))),
    ...(await writingCases(plan, kind, await database('write'))),
  ]
}

function withReferences({ name, limit, base }: Case, measured: Map<string, Round[]>): Measured {
  const of = (which = '') => measured.get(which) ?? []
  return { name, rounds: of(name), limit: of(limit), express: of(names.express), base: of(base) }
}
