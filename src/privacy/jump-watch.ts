// What retention deletes is gone: when the clock has just jumped ahead, it waits, so that somebody can set
// the clock right. A machine that was asleep looks the same, and loses nothing by it.
import type { Clock } from '../context.ts'

const jumpMs = 3_600_000
const restMs = 3_600_000

/**
 * To be asked often; false for an hour after a jump.
 * @param elapsed milliseconds by a clock that nobody sets
 */
export function openJumpWatch(
  clock: Clock,
  elapsed: () => number = () => performance.now(),
): () => boolean {
  const look = () => ({ at: clock.now().getTime(), elapsed: elapsed() })
  let last = look()
  let restsUntil = last.elapsed
  return () => {
    const now = look()
    const jumped = now.at - last.at - (now.elapsed - last.elapsed)
    if (jumped > jumpMs) restsUntil = now.elapsed + restMs
    last = now
    return now.elapsed >= restsUntil
  }
}
