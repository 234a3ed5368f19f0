// Those who listen to the counts of one statement: everyone is told the newest, nobody gets a backlog,
// and while thousands are told, others have their turn.
import type { Writable } from 'node:stream'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '../context.ts'
import { heartbeat, type LiveEvent } from './live-events.ts'

export interface Audience {
  size(): number
  /** Stays until the connection closes. */
  add(newcomer: Newcomer): void
  /** Tells those who know something else, or only newcomers; @returns how many */
  tell(event: LiveEvent, whom: 'everyone' | 'newcomers'): Promise<number>
  /** Shows proxies that silent connections are alive, and gives up those that take nothing. */
  keepOpen(): Promise<void>
  end(): void
}

export interface Newcomer {
  to: Writable
  /** the version that it has; empty: none */
  known: string
  /** it is told with the next look, even where all others have to wait */
  isNew: boolean
}

interface Listener extends Newcomer {
  /** when it last took something, ms */
  tookAt: number
}

/** in a turn of the event loop: some milliseconds */
const atOnce = 200
const silentMs = 20_000
const patienceMs = 60_000

/** @param onEmpty the last one has left */
export function openAudience(clock: Clock, onEmpty: () => void): Audience {
  const listeners = new Set<Listener>()
  const now = () => clock.now().getTime()

  /** @returns false while what was sent last is still under way: it will get the newest instead */
  function send(listener: Listener, bytes: Buffer): boolean {
    if (listener.to.writableLength > 0 || !listener.to.writable) return false
    listener.to.write(bytes)
    listener.tookAt = now()
    return true
  }

  function tellOne(listener: Listener, { version, bytes }: LiveEvent): boolean {
    const isBehind = listener.known !== version
    if (isBehind && !send(listener, bytes)) return false
    listener.known = version
    listener.isNew = false
    return isBehind
  }

  function stir(listener: Listener): boolean {
    // also when the clock was set back
    const silence = Math.abs(now() - listener.tookAt)
    if (silence < silentMs || send(listener, heartbeat)) return silence >= silentMs
    if (silence >= patienceMs) listener.to.destroy()
    return true
  }

  /** @param act says whether it took time */
  async function inTurns(act: (listener: Listener) => boolean): Promise<number> {
    let done = 0
    for (const listener of listeners) {
      if (!act(listener)) continue
      done += 1
      if (done % atOnce === 0) await nextTurn()
    }
    return done
  }

  return {
    size: () => listeners.size,
    add(newcomer) {
      const listener = { ...newcomer, tookAt: now() }
      listeners.add(listener)
      listener.to.once('close', () => {
        listeners.delete(listener)
        if (listeners.size === 0) onEmpty()
      })
    },
    tell: (event, whom) =>
      inTurns((each) => (whom === 'everyone' || each.isNew) && tellOne(each, event)),
    keepOpen: async () => void (await inTurns(stir)),
    end() {
      for (const { to } of listeners) to.end(() => to.destroy())
    },
  }
}
