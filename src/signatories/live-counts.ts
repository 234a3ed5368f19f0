// Live counts: one query a second for all watched statements together, however many are watching,
// and whichever process made the change (product.md §4, GET …/live).
import type { Clock } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { isEmbargoed, type Statement } from '../statements/stored-statement.ts'
import { type Audience, type Newcomer, openAudience } from './audience.ts'
import { countJson, sumUp } from './counts.ts'
import { eventOf } from './live-events.ts'
import { readWatchable, type Watchable } from './live-store.ts'

export interface LiveCounts {
  /**
   * Tells the newcomer of everything that is not what it knows already.
   * @param head what it was sent at the start: others who ask for the same may be sent it, too
   */
  watch(statement: Pick<Statement, 'id' | 'discreet'>, newcomer: Newcomer, head?: Head): void
  /** What somebody listens to already; null: nobody has looked whether there is something. */
  stream(url: string): Stream | null
  /** Looks for changes now; the timer does this every second. */
  tick(): Promise<void>
  watching(): number
  /** Ends all listeners; they come back to whoever answers next. */
  letGo(): void
  close(): void
}

export interface Head {
  url: string
  /** lines, each with its end */
  headers: string
}

export interface Stream {
  headers: string
  join(newcomer: Newcomer): void
}

interface Watched {
  id: string
  audience: Audience
  isDiscreet: boolean
  /** when somebody was last told of a change, ms; what was sent at the start counts as well */
  toldAt: number
  /** taken down: the framework says so */
  isGone: boolean
}

const tickMs = 1000
/** Who withdraws is gone from pages that are open by then (product.md P-7). */
export const withdrawnWithinSeconds = 60
/** On a discreet statement a tick must not be tied to a person who was just seen signing. */
const discreetMs = 60_000

export function openLiveCounts(db: Db, clock: Clock): LiveCounts {
  const watched = new Map<string, Watched>()
  const streams = new Map<string, { each: Watched; headers: string }>()
  let timer: NodeJS.Timeout | null = null
  let lastLook: Promise<void> = Promise.resolve()
  let isLooking = false
  let isOver = false

  /** Also when the clock was set back. */
  function isDue({ isDiscreet, toldAt }: Watched): boolean {
    return Math.abs(clock.now().getTime() - toldAt) >= (isDiscreet ? discreetMs : tickMs)
  }

  async function look(): Promise<void> {
    const all = [...watched.values()]
    if (all.length === 0) return
    const now = clock.now()
    const ids = all.map(({ id }) => id)
    const found = await readWatchable(db, ids)
    for (const each of all) {
      const state = found.get(each.id)
      if (state === undefined || isEmbargoed(state, now)) each.audience.end()
      else await tell(each, state, now)
    }
  }

  async function tell(each: Watched, state: Watchable, now: Date): Promise<void> {
    const current = countJson(state, sumUp(state.cells, state), now)
    each.isDiscreet = state.discreet
    each.isGone = current.status === 'taken-down' || current.status === 'draft'
    const event = eventOf(current)
    if (!isDue(each)) return void (await each.audience.tell(event, 'newcomers'))
    if ((await each.audience.tell(event, 'everyone')) > 0) each.toldAt = now.getTime()
  }

  async function lookAndStir(): Promise<void> {
    isLooking = true
    try {
      await look()
    } finally {
      for (const { audience } of watched.values()) await audience.keepOpen()
      isLooking = false
    }
  }

  /** One look after the other: nobody is told of the older one last. */
  function tick(): Promise<void> {
    lastLook = lastLook.catch(() => undefined).then(lookAndStir)
    return lastLook
  }

  function start(): void {
    timer ??= setInterval(() => {
      // a database that is away for a moment: the next tick tells what happened meanwhile
      if (!isLooking) tick().catch(() => undefined)
    }, tickMs)
    timer.unref()
  }

  function stop(): void {
    if (timer) clearInterval(timer)
    timer = null
  }

  function begin({ id, discreet }: Pick<Statement, 'id' | 'discreet'>): Watched {
    const audience = openAudience(clock, () => end(each))
    const toldAt = clock.now().getTime()
    const each = { id, audience, isDiscreet: discreet, toldAt, isGone: false }
    watched.set(id, each)
    return each
  }

  function end(ended: Watched): void {
    watched.delete(ended.id)
    for (const [url, { each }] of streams) if (each === ended) streams.delete(url)
    if (watched.size === 0) stop()
  }

  return {
    watch(statement, newcomer, head) {
      if (isOver) return void newcomer.to.end()
      const each = watched.get(statement.id) ?? begin(statement)
      each.audience.add(newcomer)
      if (head) streams.set(head.url, { each, headers: head.headers })
      start()
    },
    stream(url) {
      const { each, headers } = streams.get(url) ?? {}
      if (!each || headers === undefined || each.isGone || isOver) return null
      return { headers, join: (newcomer) => each.audience.add(newcomer) }
    },
    tick,
    watching: () => [...watched.values()].reduce((n, { audience }) => n + audience.size(), 0),
    letGo() {
      isOver = true
      for (const { audience } of watched.values()) audience.end()
    },
    close: stop,
  }
}
