// The whole list as CSV, beside the shell of SQLite that writes the same columns in the same order.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { collationOf } from '../../src/text/collation.ts'
import { slug } from '../prepare.ts'
import type { Running } from '../start.ts'
import { shareOf, watchWhile } from '../watch.ts'
import { mustBe, say } from './say.ts'

const rounds = 3

/** @param file of the database; null: it has no shell to compare with */
export async function measureCsv(site: Running, file: string | null, rows: number): Promise<void> {
  const ours: number[] = []
  const shell: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await download(site, rows))
    if (file !== null && hasShell()) shell.push(await writeInShell(file, rows))
  }
  const [took, limit] = [median(ours), median(shell)]
  const compared =
    shell.length > 0
      ? `, the shell ${limit.toFixed(1)} s: ${(limit / took).toFixed(2)} of its speed`
      : ''
  say('CSV', `${took.toFixed(1)} s${compared}`, compared && 'half of it or more')
}

async function download({ url, pid }: Running, rows: number): Promise<number> {
  const page = `${url}/statements/${slug}`
  const started = performance.now()
  let [firstMs, lines] = [0, 0]
  const seen = await watchWhile(page, pid, async () => {
    const response = await fetch(`${page}/signatories.csv`)
    if (!response.ok || !response.body) throw new Error(`CSV: ${response.status}`)
    for await (const piece of response.body) {
      firstMs ||= performance.now() - started
      lines += linesIn(piece)
    }
  })
  const seconds = (performance.now() - started) / 1000
  mustBe('lines of the CSV file', lines, rows + 1)
  const waits = [0.5, 0.99].map((share) => shareOf(seen.waits, share).toFixed(0))
  say(
    'CSV, one time',
    `${seconds.toFixed(1)} s, first byte ${firstMs.toFixed(0)} ms, memory ${seen.memory.toFixed(0)} MB`,
    `under 200 ms, 250 MB; a page meanwhile: p50 ${waits[0]}, p99 ${waits[1]} ms`,
  )
  return seconds
}

function linesIn(piece: Uint8Array): number {
  let lines = 0
  for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) lines += 1
  return lines
}

function hasShell(): boolean {
  return spawnSync('sqlite3', ['--version']).status === 0
}

/** Into a pipe, as ours goes into a socket. */
async function writeInShell(file: string, rows: number): Promise<number> {
  const started = performance.now()
  const child = spawn('sqlite3', ['-readonly', '-csv', file, query], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let lines = 0
  for await (const piece of child.stdout) lines += linesIn(piece as Uint8Array)
  if (child.exitCode === null) await once(child, 'exit')
  mustBe('lines of the shell', lines, rows)
  return (performance.now() - started) / 1000
}

const query = `
  select s.number, s.type, s.name, s.acronym, s.affiliation, s.role, s.country, s.country,
    s.verification, s.confirmed_on, s.language, s.late
  from signatory_order o join signatories s on s.endorsement_id = o.endorsement_id
  where o.statement_id = (select id from statements where slug = '${slug}')
    and o.collation = '${collationOf('en')}'
  order by o.sort_key, o.endorsement_id`

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}
