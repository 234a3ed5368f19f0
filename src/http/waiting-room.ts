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

/** @param mostForms that are at work at the same time: who reads must find a connection to the database */
export function waitingRoom(
  { turnedAway }: Pick<Metrics, 'turnedAway'>,
  mostForms: number,
): RequestHandler {
  const turns = openTurns(mostForms)
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
    const work: Work = {
      isFirst,
      // a coordinator's may take a minute, and be many writes with pauses between
      isForm: req.method === 'POST' && !req.path.startsWith('/desk/'),
      start: () => (hasLeft(req, res) ? turns.leave(work) : next()),
    }
    onceAnswered(res, () => {
      waiting -= 1
      turns.leave(work)
    })
    turns.enter(work)
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
  const end = res.end.bind(res) as (...args: unknown[]) => Response
  res.writeHead = (...args: unknown[]) => {
    once()
    return writeHead(...args)
  }
  // a form's answer may be held back (src/cache/front-door.ts)
  res.end = ((...args: unknown[]) => {
    once()
    return end(...args)
  }) as typeof res.end
  res.once('close', once)
}

interface Work {
  isFirst: boolean
  isForm: boolean
  start: () => void
}

/** In the order of asking, those who go first before all others. */
function openTurns(mostForms: number) {
  const first: Work[] = []
  const others: Work[] = []
  const formsAtWork = new Set<Work>()
  let used = 0
  let isNextDue = false

  function beginNextTurn(): void {
    used = 0
    isNextDue = false
    beginSome()
  }

  function beginSome(): void {
    while (used < 1) {
      const next = take(first) ?? take(others)
      if (!next) return
      begin(next)
    }
  }

  function take(queue: Work[]): Work | undefined {
    const at = queue.findIndex(({ isForm }) => !isForm || formsAtWork.size < mostForms)
    return at === -1 ? undefined : queue.splice(at, 1)[0]
  }

  function begin(work: Work): void {
    used += work.isForm ? 1 / formsPerTurn : 1
    if (work.isForm) formsAtWork.add(work)
    if (!isNextDue) setImmediate(beginNextTurn)
    isNextDue = true
    work.start()
  }

  return {
    enter(work: Work): void {
      const queue = work.isFirst ? first : others
      queue.push(work)
      beginSome()
    },
    /** It is answered, or whoever asked has left. */
    leave(work: Work): void {
      if (formsAtWork.delete(work)) beginSome()
    },
  }
}
