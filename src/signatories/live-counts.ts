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
  /** Tells the newcomer of everything that is not what it knows already. */
  watch(statement: Pick<Statement, 'id' | 'discreet'>, newcomer: Newcomer): void
  /** Looks for changes now; the timer does this every second. */
  tick(): Promise<void>
  watching(): number
  /** Ends all listeners; they come back to whoever answers next. */
  letGo(): void
  close(): void
}

interface Watched {
  id: string
  audience: Audience
  isDiscreet: boolean
  /** when somebody was last told of a change, ms; what was sent at the start counts as well */
  toldAt: number
}

const tickMs = 1000
/** Who withdraws is gone from pages that are open by then (product.md P-7). */
export const withdrawnWithinSeconds = 60
/** On a discreet statement a tick must not be tied to a person who was just seen signing. */
const discreetMs = 60_000

export function openLiveCounts(db: Db, clock: Clock): LiveCounts {
  const watched = new Map<string, Watched>()
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
    const asking = all.filter((each) => isDue(each) || each.audience.hasNewcomers())
    if (asking.length === 0) return
    const now = clock.now()
    const ids = asking.map(({ id }) => id)
    const found = await readWatchable(db, ids)
    for (const each of asking) {
      const state = found.get(each.id)
      if (state === undefined || isEmbargoed(state, now)) each.audience.end()
      else await tell(each, state, now)
    }
  }

  async function tell(each: Watched, state: Watchable, now: Date): Promise<void> {
    each.isDiscreet = state.discreet
    const event = eventOf(countJson(state, sumUp(state.cells, state), now))
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
    const audience = openAudience(clock, () => {
      if (watched.get(id)?.audience === audience) watched.delete(id)
      if (watched.size === 0) stop()
    })
    const each = { id, audience, isDiscreet: discreet, toldAt: clock.now().getTime() }
    watched.set(id, each)
    return each
  }

  return {
    watch(statement, newcomer) {
      if (isOver) return void newcomer.to.end()
      const { audience } = watched.get(statement.id) ?? begin(statement)
      audience.add(newcomer)
      start()
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
