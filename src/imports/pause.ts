// Long work lets others have their turn now and then, and says how far it is.
import { setImmediate } from 'node:timers/promises'

/** Called with the number of rows that are done. */
export type Pause = (done: number) => Promise<void>

const every = 200

/** @param tell how far it is; not more often than once a second, and not in the first one */
export function openPause(tell: ((done: number) => void) | null): Pause {
  let toldAt = performance.now()
  return async (done) => {
    if (done % every !== 0 || done === 0) return
    await setImmediate()
    if (tell === null || performance.now() - toldAt < 1000) return
    toldAt = performance.now()
    tell(done)
  }
}
