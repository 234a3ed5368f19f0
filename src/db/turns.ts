// Long work lets others have their turn: with SQLite nothing that is awaited gives way by itself.
import { setImmediate } from 'node:timers/promises'

/** After so long, visitors would begin to notice. */
const longestMs = 20

export type Turns = () => Promise<void>

/** To be awaited between pieces of work; gives way only when the last time was a while ago. */
export function openTurns(): Turns {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < longestMs) return
    await setImmediate()
    since = performance.now()
  }
}
