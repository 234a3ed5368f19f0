// Rounds become rows, rows become a table: for the terminal, and as Markdown for RESULTS.md.
import { availableParallelism, cpus } from 'node:os'
import type { Round } from './load.ts'
import { hasWrk } from './wrk.ts'

export interface Measured {
  name: string
  rounds: Round[]
  /** a plain server that sends as many bytes, or bare commits; measured in the same rounds */
  limit: Round[]
  express: Round[]
  /** the same with fewer endorsements, or while nobody confirms; empty where there is no such row */
  base: Round[]
}

const head = ['', 'requests/s', 'p50 ms', 'p99 ms', 'spread', 'of limit', 'of Express', 'of base']

export function table(all: Measured[]): string {
  const rows = [head, ...all.map(row)]
  const widths = head.map((_, at) => Math.max(4, ...rows.map((cells) => cells[at]?.length ?? 0)))
  const rule = widths.map((width, at) =>
    at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  )
  const [first = [], ...rest] = rows.map((cells) =>
    cells.map((cell, at) => padded(cell, at, widths)),
  )
  return [first, rule, ...rest].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function padded(cell: string, at: number, widths: number[]): string {
  const width = widths[at] ?? 0
  return at === 0 ? cell.padEnd(width) : cell.padStart(width)
}

function row({ name, rounds, limit, express, base }: Measured): string[] {
  const rates = rounds.map((round) => round.rate)
  return [
    name,
    median(rates).toFixed(0),
    median(rounds.map((round) => round.p50)).toFixed(1),
    median(rounds.map((round) => round.p99)).toFixed(1),
    `${((100 * (Math.max(...rates) - Math.min(...rates))) / median(rates)).toFixed(0)} %`,
    ratio(rounds, limit),
    ratio(rounds, express),
    base.length > 0 ? ratio(rounds, base) : '',
  ]
}

/** Round by round, because what slows down one of two neighbours slows down the other as well. */
function ratio(rounds: Round[], reference: Round[]): string {
  const each = rounds.map(({ rate }, at) => rate / (reference[at]?.rate ?? Number.NaN))
  return median(each).toPrecision(2)
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2
}

/** What the figures depend on. */
export function machine(): string {
  const model = cpus()[0]?.model.trim() || process.arch
  return `Node ${process.version}, ${availableParallelism()} cores (${model})`
}

/** What made the load. */
const load = hasWrk ? 'wrk for GET, autocannon for POST' : 'autocannon'

export function resultsFile(printed: string, date: Date): string {
  const day = date.toISOString().slice(0, 10)
  return `# Results

Written by \`npm run bench -- --save\` on ${day}: ${machine()}, load by ${load}.
How to read them is in [README.md](README.md).

${printed}
`
}
