// What this process did since it started, in numbers for all statements together: never by address,
// person or statement, so that a small statement is not betrayed by its share (product.md P-4, P-11).
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, type Family, gauge, Histogram } from './instruments.ts'

export interface SeenRequest {
  method: string
  /** the route's pattern, never the address that was asked for */
  route: string
  /** of the answer; "aborted" when the visitor left before its end */
  status: string
  /** null for a stream, which lasts as long as somebody watches */
  seconds: number | null
}

export type MailOutcome = 'sent' | 'temporary' | 'permanent'

export interface Metrics {
  request(seen: SeenRequest): void
  /** a public page that was answered from memory */
  keptPage(): void
  /** a request that found too many others */
  turnedAway(): void
  /** live counts for which no place was left */
  refusedListener(): void
  signOn(): void
  confirmation(): void
  mail(outcome: MailOutcome): void
  families(): Family[]
  close(): void
}

const outcomes: MailOutcome[] = ['sent', 'temporary', 'permanent']

export function openMetrics(): Metrics {
  const requests = new Counter('undersigned_http_requests_total', 'Requests that were answered.')
  const durations = new Histogram(
    'undersigned_http_request_duration_seconds',
    'From the request to the end of its answer; without live counts, which do not end.',
  )
  const keptPages = new Counter(
    'undersigned_kept_pages_total',
    'Public pages that were answered from memory.',
    [{}],
  )
  const turnedAway = new Counter(
    'undersigned_turned_away_total',
    'Requests that were asked to come back, because too many others waited.',
    [{}],
  )
  const refusedListeners = new Counter(
    'undersigned_live_refused_total',
    'Live counts for which no place was left.',
    [{}],
  )
  const signOns = new Counter(
    'undersigned_sign_ons_total',
    'Forms that were recorded, of all statements.',
    [{}],
  )
  const confirmations = new Counter(
    'undersigned_confirmations_total',
    'Endorsements that their owners confirmed, of all statements.',
    [{}],
  )
  const mails = new Counter(
    'undersigned_mails_total',
    'Mails handed to the mail server, by what it answered.',
    outcomes.map((outcome) => ({ outcome })),
  )
  const ours = [keptPages, turnedAway, refusedListeners, signOns, confirmations, mails]
  const counted = [requests, durations, ...ours]
  const loop = watchLoop()
  return {
    request({ method, route, status, seconds }) {
      requests.add({ method, route, status })
      if (seconds !== null) durations.observe({ method, route }, seconds)
    },
    keptPage: () => keptPages.add(),
    turnedAway: () => turnedAway.add(),
    refusedListener: () => refusedListeners.add(),
    signOn: () => signOns.add(),
    confirmation: () => confirmations.add(),
    mail: (outcome) => mails.add({ outcome }),
    families: () => [...counted.map((each) => each.family()), loop.family(), ...processFamilies()],
    close: () => loop.close(),
  }
}

const resolutionMs = 10

/** How late the event loop was, since the last look. */
function watchLoop() {
  const delays = monitorEventLoopDelay({ resolution: resolutionMs })
  delays.enable()
  /** what is measured are nanoseconds from one turn of a timer to the next */
  const seconds = (ns: number) => Math.max(0, ns / 1e9 - resolutionMs / 1000)
  return {
    close: () => void delays.disable(),
    family(): Family {
      const samples = [0.5, 0.99, 1].map((quantile) => ({
        labels: { quantile: String(quantile) },
        value: delays.count === 0 ? 0 : seconds(delays.percentile(quantile * 100)),
      }))
      delays.reset()
      return gauge(
        'undersigned_event_loop_delay_seconds',
        'How late the event loop was since these numbers were last read.',
        samples,
      )
    },
  }
}

/** Under the names that dashboards for any program know. */
function processFamilies(): Family[] {
  const { user, system } = process.cpuUsage()
  const { rss, heapUsed } = process.memoryUsage()
  const started = Date.now() / 1000 - process.uptime()
  return [
    {
      name: 'process_cpu_seconds_total',
      help: 'Time of the processor used.',
      type: 'counter',
      samples: [{ value: (user + system) / 1e6 }],
    },
    gauge('process_resident_memory_bytes', 'Memory in use.', rss),
    gauge('nodejs_heap_size_used_bytes', 'Of it, what JavaScript holds.', heapUsed),
    gauge('process_start_time_seconds', 'When the process started.', started),
  ]
}
