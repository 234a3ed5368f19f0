// Live counts: two queries a second for all watched statements together, however many are watching,
// and whichever process made the change (product.md §4, GET …/live).
import type { Clock } from '../context.ts'
import type { Db } from '../db/schema.ts'
import { readTimes } from '../statements/find-statement.ts'
import { isEmbargoed, type Statement } from '../statements/stored-statement.ts'
import { type CountJson, countJson, countsOfAll, versionOf } from './counts.ts'

export interface Listener {
  tell(current: CountJson): void
  /** The site stops. */
  end(): void
}

export interface LiveCounts {
  /**
   * Tells the listener of everything that is not what it knows already.
   * @param known the version (counts.ts) that it was sent
   * @returns how to stop
   */
  watch(statement: Statement, known: string, listener: Listener): () => void
  /** Looks for changes now; the timer does this every second. */
  tick(): Promise<void>
  watching(): number
  /** Ends all listeners; they come back to whoever answers next. */
  letGo(): void
  close(): void
}

interface Watched {
  statement: Statement
  /** each with the version it was told last */
  listeners: Map<Listener, string>
  /** when it may be told again */
  quietUntil: number
}

const tickMs = 1000
/** Who withdraws is gone from pages that are open by then (product.md P-7). */
export const withdrawnWithinSeconds = 60
/** On a discreet statement a tick must not be tied to a person who was just seen signing. */
const discreetMs = 60_000
const quietMs = ({ discreet }: Statement) => (discreet ? discreetMs : tickMs)

export function openLiveCounts(db: Db, clock: Clock): LiveCounts {
  const watched = new Map<string, Watched>()
  let timer: NodeJS.Timeout | null = null

  async function tick(): Promise<void> {
    const now = clock.now()
    const due = [...watched.values()].filter((each) => each.quietUntil <= now.getTime())
    if (due.length === 0) return
    const ids = due.map((each) => each.statement.id)
    const times = await readTimes(db, ids)
    const statements = due.map(({ statement }) => ({ ...statement, ...times.get(statement.id) }))
    const counts = await countsOfAll(db, statements)
    for (const statement of statements) {
      const current = counts.get(statement.id)
      const each = watched.get(statement.id)
      if (!current || !each) continue
      if (isEmbargoed(statement, now)) endAll(each)
      else tell(each, countJson(statement, current, now), now)
    }
  }

  function tell(each: Watched, current: CountJson, now: Date): void {
    const version = versionOf(current)
    const behind = [...each.listeners].filter(([, known]) => known !== version)
    if (behind.length === 0) return
    each.quietUntil = now.getTime() + quietMs(each.statement)
    for (const [listener] of behind) {
      each.listeners.set(listener, version)
      listener.tell(current)
    }
  }

  function endAll({ listeners }: Watched): void {
    for (const listener of listeners.keys()) listener.end()
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
    watch(statement, known, listener) {
      const { id } = statement
      const each = watched.get(id) ?? {
        statement,
        listeners: new Map<Listener, string>(),
        // what was sent at the start counts as a tick
        quietUntil: clock.now().getTime() + quietMs(statement),
      }
      each.listeners.set(listener, known)
      watched.set(id, each)
      start()
      return () => {
        each.listeners.delete(listener)
        if (each.listeners.size === 0 && watched.get(id) === each) watched.delete(id)
        if (watched.size === 0) stop()
      }
    },
    tick,
    watching: () => [...watched.values()].reduce((n, each) => n + each.listeners.size, 0),
    letGo() {
      for (const each of watched.values()) endAll(each)
    },
    close: stop,
  }
}
