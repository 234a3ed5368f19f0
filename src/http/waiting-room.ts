// Back-pressure: only so many requests wait at a time, and only so many begin in one turn of the event
// loop. Whoever comes on top is asked to come back before the machine falls over (docs/adr/0016). What
// is answered without the database (kept pages, static files, /healthz) never comes here.
import type { Request, RequestHandler, Response } from 'express'
import type { Metrics } from '../metrics/metrics.ts'

/** a few seconds of work where each sign-on takes milliseconds */
const mostWaiting = 400
/** and so many more of those who come last, or who can end the trouble */
const reserve = 100
/**
 * In a turn one page begins, or so many forms, which are less work and share a commit. In between kept
 * pages are answered, and Node accepts a single new connection: turns must be short.
 */
const formsPerTurn = 16
/** whoever asks again at once takes the time of those who are served */
const refusedAfterMs = 1000
const comeBackSeconds = 10

/** Behind the link of a mail: confirming and withdrawing. And the desk, where signing is paused. */
const reserved = /^\/(?:confirm|endorsement|reconfirm|desk)(?:\/|$)/

export function waitingRoom({ turnedAway }: Pick<Metrics, 'turnedAway'>): RequestHandler {
  const begin = openTurns()
  let waiting = 0

  return (req, res, next) => {
    const isFirst = reserved.test(req.path)
    if (waiting >= mostWaiting + (isFirst ? reserve : 0)) {
      turnedAway()
      return later(req, res, () => {
        res.set('Retry-After', String(comeBackSeconds))
        next(Object.assign(new Error('too many at once'), { status: 503 }))
      })
    }
    waiting += 1
    onceAnswered(res, () => (waiting -= 1))
    const share = req.method === 'POST' ? 1 / formsPerTurn : 1
    begin({ isFirst, share, start: () => hasLeft(req, res) || next() })
  }
}

function later(req: Request, res: Response, refuse: () => void): void {
  const timer = setTimeout(refuse, refusedAfterMs)
  if (hasLeft(req, res)) clearTimeout(timer)
  else res.once('close', () => clearTimeout(timer))
}

const hasLeft = (req: Request, res: Response) => res.closed || req.socket.destroyed

/** Once the answer begins: what is then sent for hours, as live counts are, waits for nothing. */
function onceAnswered(res: Response, done: () => void): void {
  let isDone = false
  const once = () => {
    if (!isDone) done()
    isDone = true
  }
  const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => Response
  res.writeHead = (...args: unknown[]) => {
    once()
    return writeHead(...args)
  }
  res.once('close', once)
}

interface Work {
  isFirst: boolean
  /** of a turn */
  share: number
  start: () => void
}

/** In the order of asking, those who go first before all others. */
function openTurns(): (work: Work) => void {
  const first: Work[] = []
  const others: Work[] = []
  let used = 0
  let isRunning = false

  function run(): void {
    used = 0
    isRunning = false
    while (used < 1) {
      const next = first.shift() ?? others.shift()
      if (!next) return
      begin(next)
    }
  }

  function begin({ share, start }: Work): void {
    used += share
    if (!isRunning) setImmediate(run)
    isRunning = true
    start()
  }

  return (work) => {
    if (used < 1) begin(work)
    else (work.isFirst ? first : others).push(work)
  }
}
