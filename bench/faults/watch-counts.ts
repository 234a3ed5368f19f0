// People who watch the live counts; whose line breaks comes back, as browsers do.
import { setTimeout as pause } from 'node:timers/promises'
import { listen, type LiveListener } from '../../test/support/live-listener.ts'

export interface Watchers {
  /** the total that each was told last */
  totals(): number[]
  stop(): void
}

export function watchCounts(url: string, howMany: number): Watchers {
  const over = new AbortController()
  const current = new Map<number, LiveListener>()
  const totals = new Map<number, number>()
  const watch = async (n: number) => {
    for (; !over.signal.aborted; await pause(100)) {
      const total = current.get(n)?.last?.data['total']
      if (typeof total === 'number') totals.set(n, total)
      if (current.get(n)?.hasEnded === false) continue
      const listener = await listen(url).catch(() => null)
      if (listener) current.set(n, listener)
    }
  }
  const watchers = Array.from({ length: howMany }, (_, n) => n)
  void Promise.all(watchers.map(watch))
  return {
    totals: () => watchers.map((n) => totals.get(n) ?? 0),
    stop() {
      over.abort()
      for (const listener of current.values()) listener.close()
    },
  }
}
