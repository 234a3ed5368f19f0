// Back-pressure: only so many requests wait at a time, and only so many begin in one turn of the event
// loop. Whoever comes on top is asked to come back before the machine falls over (docs/adr/0016). What
// is answered without the database (kept pages, static files, /healthz) never comes here.
import type { Request, RequestHandler, Response } from 'express'
import type { Metrics } from '../metrics/metrics.ts'

/** a few seconds of work where each sign-on takes milliseconds */
const mostWaiting = 400
/** and so many more of those who come last, or who can end the trouble */
const reserve = 100
/** between two turns, pages that are kept are answered */
const begunPerTurn = 50
const comeBackSeconds = 10

/** Behind the link of a mail: confirming and withdrawing. And the desk, where signing is paused. */
const reserved = /^\/(?:confirm|endorsement|reconfirm|desk)(?:\/|$)/

export function waitingRoom({ turnedAway }: Pick<Metrics, 'turnedAway'>): RequestHandler {
  const begin = openTurns(begunPerTurn)
  let waiting = 0

  return (req, res, next) => {
    const isFirst = reserved.test(req.path)
    if (waiting >= mostWaiting + (isFirst ? reserve : 0)) {
      turnedAway()
      res.set('Retry-After', String(comeBackSeconds))
      return next(Object.assign(new Error('too many at once'), { status: 503 }))
    }
    waiting += 1
    onceAnswered(res, () => (waiting -= 1))
    begin(isFirst, () => {
      if (!hasLeft(req, res)) next()
    })
  }
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

/** In the order of asking, those who go first before all others. */
function openTurns(most: number) {
  const queues = { first: [] as (() => void)[], others: [] as (() => void)[] }
  let begun = 0
  let isRunning = false

  function run(): void {
    begun = 0
    isRunning = false
    while (begun < most) {
      const next = queues.first.shift() ?? queues.others.shift()
      if (!next) return
      start(next)
    }
  }

  function start(work: () => void): void {
    begun += 1
    if (!isRunning) setImmediate(run)
    isRunning = true
    work()
  }

  return (isFirst: boolean, work: () => void): void => {
    if (begun < most) start(work)
    else queues[isFirst ? 'first' : 'others'].push(work)
  }
}
