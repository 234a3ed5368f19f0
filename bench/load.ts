// One round of load on one address. A wrong answer ends the benchmark: how fast a site refuses is
// not what is measured.
import autocannon, { type Request } from 'autocannon'
import { hasWrk, measureWithWrk } from './wrk.ts'

export interface Load {
  url: string
  /** the status that every answer must have */
  expected: number
  /** makes the next request of a kind that may be sent only once; without it, a GET of the URL */
  next?: () => Post
  headers?: Record<string, string>
}

export interface Post {
  path: string
  fields: Record<string, string>
}

export interface Span {
  seconds: number
  /** ends sooner when so many requests were sent */
  atMost?: number
  connections?: number
}

export interface Round {
  /** answers per second */
  rate: number
  /** milliseconds */
  p50: number
  p99: number
  answers: number
}

const usualConnections = 10

export function measure(load: Load, span: Span): Promise<Round> {
  const isWrk = hasWrk && load.next === undefined
  if (isWrk)
    return measureWithWrk(load, {
      connections: span.connections ?? usualConnections,
      seconds: Math.floor(span.seconds),
    })
  return measureWithAutocannon(load, span)
}

function measureWithAutocannon(load: Load, span: Span): Promise<Round> {
  return new Promise((resolve, reject) => {
    const times: number[] = []
    const wrong = new Map<number, number>()
    const start = performance.now()
    let end = start
    const options = {
      url: load.url,
      connections: span.connections ?? usualConnections,
      sampleInt: 50,
      requests: [load.next ? formOf(load.next) : { headers: load.headers ?? {} }],
      duration: span.seconds,
      ...(span.atMost === undefined ? {} : { maxOverallRequests: span.atMost }),
    }
    const run = autocannon(options, (fault, { errors, timeouts }) => {
      const lost = errors + timeouts
      if (fault) reject(fault)
      else if (wrong.size > 0 || lost > 0) reject(new Error(complaint(load, wrong, lost)))
      else resolve(summary(times, end - start))
    })
    run.on('response', (_client, status, _bytes, ms) => {
      if (status !== load.expected) wrong.set(status, (wrong.get(status) ?? 0) + 1)
      times.push(ms)
      end = performance.now()
    })
  })
}

function formOf(next: () => Post) {
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    setupRequest: (request: Request) => {
      const { path, fields } = next()
      return { ...request, path, body: new URLSearchParams(fields).toString() }
    },
  }
}

/** autocannon's own figures are whole milliseconds, and rates by whole seconds. */
function summary(times: number[], ms: number): Round {
  const sorted = Float64Array.from(times).sort()
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN
  return {
    rate: (times.length * 1000) / ms,
    p50: at(0.5),
    p99: at(0.99),
    answers: times.length,
  }
}

function complaint({ url, expected }: Load, wrong: Map<number, number>, lost: number): string {
  const seen = [...wrong].map(([status, n]) => `${n} × ${status}`)
  if (lost > 0) seen.push(`${lost} without an answer`)
  return `${url} should always answer ${expected}, but: ${seen.join(', ')}.`
}
