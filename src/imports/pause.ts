// Long work lets others have their turn now and then, and says how far it is.
import { openTurns } from '../db/turns.ts'

/** Called with the number of rows that are done. */
export type Pause = (done: number) => Promise<void>

/** @param tell how far it is; not more often than once a second, and not in the first one */
export function openPause(tell: ((done: number) => void) | null): Pause {
  const turn = openTurns()
  let toldAt = performance.now()
  return async (done) => {
    await turn()
    if (tell === null || performance.now() - toldAt < 1000) return
    toldAt = performance.now()
    tell(done)
  }
}
