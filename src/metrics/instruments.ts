// What is counted and timed, and how it is written down for Prometheus (text format 0.0.4).

export type Labels = Record<string, string>

export interface Sample {
  /** what follows the name of its family: _bucket, _sum, _count; mostly nothing */
  suffix?: string
  labels?: Labels
  value: number
}

export interface Family {
  name: string
  help: string
  type: 'counter' | 'gauge' | 'histogram'
  samples: Sample[]
}

export interface Instrument {
  family(): Family
}

interface Named {
  name: string
  help: string
}

export class Counter implements Instrument {
  readonly #named: Named
  readonly #values = new Map<string, number>()

  /** @param known labels that stand at 0 from the start, so that the first one is seen as a change */
  constructor(name: string, help: string, known: Labels[] = []) {
    this.#named = { name, help }
    for (const labels of known) this.#values.set(JSON.stringify(labels), 0)
  }

  add(labels: Labels = {}): void {
    const key = JSON.stringify(labels)
    this.#values.set(key, (this.#values.get(key) ?? 0) + 1)
  }

  family(): Family {
    const samples = [...this.#values].map(([key, value]) => ({ labels: labelsOf(key), value }))
    return { ...this.#named, type: 'counter', samples }
  }
}

/** Upper ends in seconds: from a cached page to a list that is far too slow. */
const ends = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

interface Times {
  /** how many fell below each end and not below the one before; the last is above all */
  within: number[]
  sum: number
}

export class Histogram implements Instrument {
  readonly #named: Named
  readonly #times = new Map<string, Times>()

  constructor(name: string, help: string) {
    this.#named = { name, help }
  }

  observe(labels: Labels, seconds: number): void {
    const key = JSON.stringify(labels)
    const times = this.#times.get(key) ?? { within: ends.map(() => 0).concat(0), sum: 0 }
    const found = ends.findIndex((end) => seconds <= end)
    const place = found === -1 ? ends.length : found
    times.within[place] = (times.within[place] ?? 0) + 1
    times.sum += seconds
    this.#times.set(key, times)
  }

  family(): Family {
    const samples = [...this.#times].flatMap(([key, times]) => samplesOf(labelsOf(key), times))
    return { ...this.#named, type: 'histogram', samples }
  }
}

/** Prometheus counts in each bucket all that is below its end. */
function samplesOf(labels: Labels, { within, sum }: Times): Sample[] {
  let count = 0
  const buckets = within.map((n, place) => {
    count += n
    const le = String(ends[place] ?? '+Inf')
    return { suffix: '_bucket', labels: { ...labels, le }, value: count }
  })
  return [
    ...buckets,
    { suffix: '_sum', labels, value: sum },
    { suffix: '_count', labels, value: count },
  ]
}

const labelsOf = (key: string) => JSON.parse(key) as Labels

/** A number that stands for now. */
export function gauge(name: string, help: string, samples: Sample[] | number): Family {
  const all = typeof samples === 'number' ? [{ value: samples }] : samples
  return { name, help, type: 'gauge', samples: all }
}

export function textOf(families: Family[]): string {
  return families.map((family) => linesOf(family).join('\n') + '\n').join('')
}

function linesOf({ name, help, type, samples }: Family): string[] {
  const told = samples.map(
    ({ suffix = '', labels = {}, value }) => `${name}${suffix}${bracketed(labels)} ${value}`,
  )
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...told]
}

function bracketed(labels: Labels): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

const escaped = (value: string) =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
