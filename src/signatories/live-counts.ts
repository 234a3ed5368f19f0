// Live counts: one query a second for all watched statements together, however many are watching,
// and whichever process made the change (product.md §4, GET …/live).
import type { Clock } from '../context.ts'
import type { Db } from '../db/schema.ts'
import type { Statement } from '../statements/stored-statement.ts'
import { type Counts, countsOfAll } from './counts.ts'

export type Listener = (counts: Counts) => void

export interface LiveCounts {
  /** Tells the listener of every change after `sentAsOf`; returns how to stop. */
  watch(statement: Statement, sentAsOf: string, listener: Listener): () => void
  /** Looks for changes now; the timer does this every second. */
  tick(): Promise<void>
  watching(): number
  close(): void
}

interface Watched {
  statement: Statement
  /** each with the `as of` of the last counts it was told */
  listeners: Map<Listener, string>
  /** when it may be told again */
  quietUntil: number
}

const tickMs = 1000
/** On a discreet statement a tick must not be tied to a person who was just seen signing. */
const discreetMs = 60_000

export function openLiveCounts(db: Db, clock: Clock): LiveCounts {
  const watched = new Map<string, Watched>()
  let timer: NodeJS.Timeout | null = null

  async function tick(): Promise<void> {
    const now = clock.now().getTime()
    const due = [...watched.values()].filter((each) => each.quietUntil <= now)
    const counts = await countsOfAll(
      db,
      due.map((each) => each.statement),
    )
    for (const each of due) {
      const current = counts.get(each.statement.id)
      if (current) tell(each, current, now)
    }
  }

  function tell(each: Watched, current: Counts, now: number): void {
    const behind = [...each.listeners].filter(([, asOf]) => asOf !== current.asOf)
    if (behind.length === 0) return
    each.quietUntil = now + (each.statement.discreet ? discreetMs : tickMs)
    for (const [listener] of behind) {
      each.listeners.set(listener, current.asOf)
      listener(current)
    }
  }

  function start(): void {
    timer ??= setInterval(() => {
      // a database that is away for a moment: the next tick tells what happened meanwhile
      tick().catch(() => undefined)
    }, tickMs)
    timer.unref()
  }

  function stop(): void {
    if (timer) clearInterval(timer)
    timer = null
  }

  return {
    watch(statement, sentAsOf, listener) {
      const { id } = statement
      const each = watched.get(id) ?? {
        statement,
        listeners: new Map<Listener, string>(),
        quietUntil: 0,
      }
      each.listeners.set(listener, sentAsOf)
      watched.set(id, each)
      start()
      return () => {
        each.listeners.delete(listener)
        if (each.listeners.size === 0) watched.delete(id)
        if (watched.size === 0) stop()
      }
    },
    tick,
    watching: () => [...watched.values()].reduce((n, each) => n + each.listeners.size, 0),
    close: stop,
  }
}
